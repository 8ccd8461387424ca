"""When a claim works: hours of the week, and a start that waits after the claim."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_21_19_hours"
down_revision = "2026_11_21_18_parts_and_uses"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
DELAYS = {"starts_after_days": "delay_in_days_positive", "starts_after_minutes": "delay_in_minutes_positive"}


def upgrade() -> None:
    op.add_column("offers", sa.Column("timeframes", document, nullable=False, server_default="[]"))
    whole = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    for name, rule in DELAYS.items():
        check = f"CONSTRAINT ck_offers_{rule} CHECK ({name} > 0)"
        op.execute(f"ALTER TABLE offers ADD COLUMN {name} {whole} {check}")
    op.add_column("claims", sa.Column("usable_from", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("claims", "usable_from")
    for name in DELAYS:
        op.drop_column("offers", name)
    op.drop_column("offers", "timeframes")
