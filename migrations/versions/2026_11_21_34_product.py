"""A personal price is of one product."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_34_product"
down_revision = "2026_11_21_33_redemption_limits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("offers", sa.Column("product", sa.String, nullable=True))


def downgrade() -> None:
    op.drop_column("offers", "product")
