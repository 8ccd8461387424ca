"""Offers that the club gives to one member, and what a claim keeps of that."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_21_20_grants"
down_revision = "2026_11_21_19_hours"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True)
document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
SWITCHES = {"named_only": sa.false(), "auto_claim": sa.false(), "assignable": sa.true()}


def upgrade() -> None:
    op.create_table(
        "grants",
        sa.Column("id", big, nullable=False),
        sa.Column("reference", sa.String, nullable=False),
        sa.Column("offer_id", big, nullable=False),
        sa.Column("member_id", big, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("occasion", sa.String, nullable=True),
        sa.Column("value", big, nullable=True),
        sa.Column("title", sa.String, nullable=True),
        sa.Column("text", sa.String, nullable=True),
        sa.Column("expires_at", instant, nullable=True),
        sa.Column("external_id", sa.String, nullable=True),
        sa.Column("metadata", document, nullable=True),
        sa.Column("granted_at", instant, nullable=False),
        sa.Column("closed_at", instant, nullable=True),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name="fk_grants_offer_id_offers"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_grants_member_id_members"),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
        sa.UniqueConstraint("reference", name="uq_grants_reference"),
        sa.UniqueConstraint("offer_id", "member_id", "occasion", name="once_an_occasion"),
    )
    op.create_index("ix_grants_member_id_offer_id_state", "grants", ["member_id", "offer_id", "state"])
    op.create_index("ix_grants_state_expires_at", "grants", ["state", "expires_at"])
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE claims ADD COLUMN grant_id {number} "
        "CONSTRAINT fk_claims_grant_id_grants REFERENCES grants (id)"
    )
    op.add_column("claims", sa.Column("source", sa.String, nullable=False, server_default="member"))
    op.add_column("claims", sa.Column("external_id", sa.String, nullable=True))
    op.add_column("claims", sa.Column("metadata", document, nullable=True))
    for name, default in SWITCHES.items():
        op.add_column("offers", sa.Column(name, sa.Boolean(), nullable=False, server_default=default))
    op.add_column("offers", sa.Column("grant_on", sa.String, nullable=True))
    op.add_column("offers", sa.Column("grant_after", big, nullable=True))
    op.add_column("club", sa.Column("most_open_grants", big, nullable=True))


def downgrade() -> None:
    op.drop_column("club", "most_open_grants")
    for name in ("grant_after", "grant_on", *SWITCHES):
        op.drop_column("offers", name)
    for name in ("metadata", "external_id", "source", "grant_id"):
        op.drop_column("claims", name)
    op.drop_table("grants")
