"""Who joins may leave a phone number, and name a card that a store gave them."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_32_phones"
down_revision = "2026_11_21_31_tier_floors"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("phone", sa.String, nullable=True))
    op.add_column("joinings", sa.Column("phone", sa.String, nullable=True))
    op.add_column("joinings", sa.Column("card", sa.String, nullable=True))


def downgrade() -> None:
    # Not as a batch: SQLite would drop the table, which the mail codes of those who join point to.
    op.drop_column("joinings", "card")
    op.drop_column("joinings", "phone")
    op.drop_column("members", "phone")
