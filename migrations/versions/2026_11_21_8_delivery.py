"""A message that can never be sent is marked so."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_8_delivery"
down_revision = "2026_11_21_7_append_only"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "dead_at")
