"""A member's timeline is read by when things happened, not by when they were written down."""

from alembic import op

revision = "2026_11_21_25_timeline_order"
down_revision = "2026_11_21_24_per_period"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_timeline_member_id_happened_at_id", "timeline", ["member_id", "happened_at", "id"])
    op.drop_index("ix_timeline_member_id_id", "timeline")


def downgrade() -> None:
    op.create_index("ix_timeline_member_id_id", "timeline", ["member_id", "id"])
    op.drop_index("ix_timeline_member_id_happened_at_id", "timeline")
