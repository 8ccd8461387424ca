"""Profile fields that the club declares, and what members tell in them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_21_13_profiles"
down_revision = "2026_11_21_12_preferences"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "profile_fields",
        sa.Column("id", big, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("label", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("editor", sa.String, nullable=False),
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("options", document, nullable=False),
        sa.Column("place", big, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_profile_fields"),
        sa.UniqueConstraint("key", name="uq_profile_fields_key"),
    )
    op.add_column("members", sa.Column("profile", document, nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("members", "profile")
    op.drop_table("profile_fields")
