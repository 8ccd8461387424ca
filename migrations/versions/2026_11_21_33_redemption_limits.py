"""How often and for how much an offer may be redeemed, and the counters that hold it."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_33_redemption_limits"
down_revision = "2026_11_21_32_phones"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True)
LIMITS = (
    "uses_per_member",
    "redemptions_in_all",
    "redemptions_per_store",
    "redemptions_per_store_day",
    "budget",
    "use_cost",
)
COMPLETE = (
    "CONSTRAINT ck_offers_uses_in_a_period_complete CHECK ((uses_per_period IS NULL) = (uses_period IS NULL) "
    "AND (uses_period IS NULL OR uses_period IN ('day', 'week', 'month')))"
)


def upgrade() -> None:
    whole = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    for name in LIMITS:
        check = f"CONSTRAINT ck_offers_{name}_positive CHECK ({name} > 0)"
        op.execute(f"ALTER TABLE offers ADD COLUMN {name} {whole} {check}")
    op.add_column("offers", sa.Column("uses_period", sa.String, nullable=True))
    positive = "CONSTRAINT ck_offers_uses_per_period_positive CHECK (uses_per_period > 0)"
    op.execute(f"ALTER TABLE offers ADD COLUMN uses_per_period {whole} {positive} {COMPLETE}")
    op.create_table(
        "offer_counters",
        sa.Column("offer_id", big, nullable=False),
        sa.Column("scope", sa.String, nullable=False),
        sa.Column("subject_id", big, nullable=False, autoincrement=False),
        sa.Column("begins", instant, nullable=False),
        sa.Column("ends", instant, nullable=False),
        sa.Column("used", big, nullable=False),
        sa.Column("most", big, nullable=False),
        sa.CheckConstraint("used >= 0", name=op.f("ck_offer_counters_used_not_negative")),
        sa.CheckConstraint("used <= most", name=op.f("ck_offer_counters_within_limit")),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name="fk_offer_counters_offer_id_offers"),
        sa.PrimaryKeyConstraint("offer_id", "scope", "subject_id", "begins", name="pk_offer_counters"),
    )


def downgrade() -> None:
    op.drop_table("offer_counters")
    for name in ("uses_per_period", "uses_period", *reversed(LIMITS)):
        op.drop_column("offers", name)
