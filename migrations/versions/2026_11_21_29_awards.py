"""Claims give points: whether an offer credits them, and how many a claim gave; more for a verified use."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_29_awards"
down_revision = "2026_11_21_28_holding"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # What was on the shelf so far has only noted its points.
    op.add_column("offers", sa.Column("credits_award", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("offers", sa.Column("presence_points", big, nullable=True))
    op.add_column("claims", sa.Column("points_awarded", big, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("claims", "points_awarded")
    op.drop_column("offers", "presence_points")
    op.drop_column("offers", "credits_award")
