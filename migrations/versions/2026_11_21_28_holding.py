"""What can be done with a claim that is held: a lock, more time, handing it over, claiming again."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_28_holding"
down_revision = "2026_11_21_27_audience"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True)
LINKS = {"lock_store_id": "stores", "successor_id": "claims"}


def upgrade() -> None:
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    for name, table in LINKS.items():
        op.execute(
            f"ALTER TABLE claims ADD COLUMN {name} {number} "
            f"CONSTRAINT fk_claims_{name}_{table} REFERENCES {table} (id)"
        )
    op.add_column("claims", sa.Column("locked_until", instant, nullable=True))
    op.add_column("claims", sa.Column("lock_owner", sa.String, nullable=True))
    op.add_column("claims", sa.Column("extended_at", instant, nullable=True))
    for name in ("reclaimable", "reassignable"):
        op.add_column("offers", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("offers", sa.Column("extend_days", big, nullable=True))
    op.create_table(
        "extension_links",
        sa.Column("id", big, nullable=False),
        sa.Column("claim_id", big, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", instant, nullable=False),
        sa.Column("ends_at", instant, nullable=False),
        sa.Column("used_at", instant, nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_extension_links_claim_id_claims"),
        sa.PrimaryKeyConstraint("id", name="pk_extension_links"),
        sa.UniqueConstraint("token_hash", name="uq_extension_links_token_hash"),
    )
    op.create_index("ix_extension_links_claim_id", "extension_links", ["claim_id"])
    op.create_table(
        "handovers",
        sa.Column("id", big, nullable=False),
        sa.Column("reference", sa.String, nullable=False),
        sa.Column("claim_id", big, nullable=False),
        sa.Column("to_member_id", big, nullable=True),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("offered_at", instant, nullable=False),
        sa.Column("ends_at", instant, nullable=False),
        sa.Column("closed_at", instant, nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_handovers_claim_id_claims"),
        sa.ForeignKeyConstraint(["to_member_id"], ["members.id"], name="fk_handovers_to_member_id_members"),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
        sa.UniqueConstraint("reference", name="uq_handovers_reference"),
    )
    op.create_index("ix_handovers_claim_id", "handovers", ["claim_id"])


def downgrade() -> None:
    op.drop_table("handovers")
    op.drop_table("extension_links")
    for name in ("extend_days", "reassignable", "reclaimable"):
        op.drop_column("offers", name)
    for name in ("extended_at", "lock_owner", "locked_until", "successor_id", "lock_store_id"):
        op.drop_column("claims", name)
