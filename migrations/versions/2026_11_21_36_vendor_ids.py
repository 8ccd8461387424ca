"""What other systems call our offers, members, cards and claims."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_36_vendor_ids"
down_revision = "2026_11_21_35_long_texts"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "vendor_ids",
        sa.Column("id", big, nullable=False),
        sa.Column("vendor", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("value", sa.String, nullable=False),
        sa.Column("subject_id", big, nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_vendor_ids"),
        sa.UniqueConstraint("vendor", "kind", "value", name="uq_vendor_ids_vendor_kind_value"),
    )
    op.create_index("ix_vendor_ids_vendor_kind_subject_id", "vendor_ids", ["vendor", "kind", "subject_id"])


def downgrade() -> None:
    op.drop_table("vendor_ids")
