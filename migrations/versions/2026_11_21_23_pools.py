"""Pools: partners' codes in lists, and the offers that draw from them."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_23_pools"
down_revision = "2026_11_21_22_earned_years"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "pools",
        sa.Column("id", big, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("shortest", big, nullable=False),
        sa.Column("longest", big, nullable=False),
        sa.Column("letters", sa.Boolean, nullable=False),
        sa.Column("digits", sa.Boolean, nullable=False),
        sa.Column("marks", sa.String, nullable=False),
        sa.Column("case_matters", sa.Boolean, nullable=False),
        sa.Column("alarm_below", big, nullable=True),
        sa.Column("alarmed_at", instant, nullable=True),
        sa.Column("opened_at", instant, nullable=False),
        sa.CheckConstraint("alarm_below IS NULL OR alarm_below > 0", name=op.f("ck_pools_alarm_positive")),
        sa.PrimaryKeyConstraint("id", name="pk_pools"),
        sa.UniqueConstraint("name", name="uq_pools_name"),
    )
    _codes()
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    named = "CONSTRAINT fk_offers_pool_id_pools REFERENCES pools (id)"
    op.execute(f"ALTER TABLE offers ADD COLUMN pool_id {number} {named}")
    op.add_column("offers", sa.Column("partner_voids", sa.Boolean, nullable=False, server_default=sa.false()))


def _codes() -> None:
    op.create_table(
        "pool_codes",
        sa.Column("id", big, nullable=False),
        sa.Column("pool_id", big, nullable=False),
        sa.Column("place", big, nullable=False),
        sa.Column("lookup", sa.LargeBinary(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("key_version", sa.SmallInteger, nullable=False),
        sa.Column("added_at", instant, nullable=False),
        sa.Column("claim_id", big, nullable=True),
        sa.Column("drawn_at", instant, nullable=True),
        sa.ForeignKeyConstraint(["pool_id"], ["pools.id"], name="fk_pool_codes_pool_id_pools"),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_pool_codes_claim_id_claims"),
        sa.PrimaryKeyConstraint("id", name="pk_pool_codes"),
        sa.UniqueConstraint("lookup", name="uq_pool_codes_lookup"),
        sa.UniqueConstraint("claim_id", name="uq_pool_codes_claim_id"),
    )
    op.create_index("ix_pool_codes_pool_id", "pool_codes", ["pool_id"])
    free = sa.text("claim_id IS NULL")
    op.create_index(
        "ix_pool_codes_free", "pool_codes", ["pool_id", "place"], sqlite_where=free, postgresql_where=free
    )


def downgrade() -> None:
    op.drop_column("offers", "partner_voids")
    op.execute("ALTER TABLE offers DROP COLUMN pool_id")
    op.drop_table("pool_codes")
    op.drop_table("pools")
