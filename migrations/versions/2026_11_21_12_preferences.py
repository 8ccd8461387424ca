"""Members choose light or dark."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_12_preferences"
down_revision = "2026_11_21_11_reminders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("theme", sa.String, nullable=False, server_default="system"))


def downgrade() -> None:
    op.drop_column("members", "theme")
