"""An offer says whom it is for, and who sees it."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_27_audience"
down_revision = "2026_11_21_26_ends_in_time"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("offers", sa.Column("view_condition", sa.String, nullable=True))
    op.add_column("offers", sa.Column("audience", sa.String, nullable=True))
    op.add_column("offers", sa.Column("new_member_days", big, nullable=True))
    op.add_column(
        "offers", sa.Column("birthday_month", sa.Boolean, nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    for name in ("birthday_month", "new_member_days", "audience", "view_condition"):
        op.drop_column("offers", name)
