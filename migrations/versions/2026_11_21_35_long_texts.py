"""An offer has a long text, and says how to earn it."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_35_long_texts"
down_revision = "2026_11_21_34_product"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("offer_texts", sa.Column("long", sa.String, nullable=False, server_default=""))
    op.add_column("offer_texts", sa.Column("how_earn", sa.String, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("offer_texts", "how_earn")
    op.drop_column("offer_texts", "long")
