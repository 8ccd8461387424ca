"""How often a member may claim an offer in a day, a week or a month."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_24_per_period"
down_revision = "2026_11_21_23_pools"
branch_labels = None
depends_on = None

POSITIVE = "CONSTRAINT ck_offers_period_limit_positive CHECK (per_period > 0)"
COMPLETE = (
    "CONSTRAINT ck_offers_period_limit_complete CHECK ((per_period IS NULL) = (period IS NULL) "
    "AND (period IS NULL OR period IN ('day', 'week', 'month')))"
)


def upgrade() -> None:
    whole = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.add_column("offers", sa.Column("period", sa.String, nullable=True))
    op.execute(f"ALTER TABLE offers ADD COLUMN per_period {whole} {POSITIVE} {COMPLETE}")


def downgrade() -> None:
    op.drop_column("offers", "per_period")
    op.drop_column("offers", "period")
