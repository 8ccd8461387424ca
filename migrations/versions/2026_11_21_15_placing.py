"""Where an offer lies on the shelf: category, tags, whether it is featured, and whether guests see it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_21_15_placing"
down_revision = "2026_11_21_14_lookups"
branch_labels = None
depends_on = None

document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
NEW = ("tags", "public", "featured", "category")


def upgrade() -> None:
    op.add_column("offers", sa.Column("category", sa.String, nullable=True))
    op.add_column("offers", sa.Column("featured", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("offers", sa.Column("public", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("offers", sa.Column("tags", document, nullable=False, server_default="[]"))


def downgrade() -> None:
    for name in NEW:
        op.drop_column("offers", name)
