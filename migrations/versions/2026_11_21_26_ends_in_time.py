"""An end that was written down late is told at its own instant; the one time that a timeline is rewritten."""

from alembic import op

revision = "2026_11_21_26_ends_in_time"
down_revision = "2026_11_21_25_timeline_order"
branch_labels = None
depends_on = None

CLAIMS = """
UPDATE timeline SET happened_at = (SELECT expires_at FROM claims WHERE claims.id = timeline.claim_id)
WHERE kind = 'claim_expired'
AND EXISTS (SELECT 1 FROM claims WHERE claims.id = timeline.claim_id AND expires_at IS NOT NULL)
"""
POINTS_SQLITE = """
UPDATE timeline SET happened_at = strftime('%Y-%m-%d %H:%M:%f000', json_extract(facts, '$.died_at'))
WHERE kind = 'points_expired' AND json_extract(facts, '$.died_at') IS NOT NULL
"""
POINTS_POSTGRESQL = """
UPDATE timeline SET happened_at = (facts ->> 'died_at')::timestamptz
WHERE kind = 'points_expired' AND facts ->> 'died_at' IS NOT NULL
"""
REFUSE = """
CREATE TRIGGER timeline_no_update BEFORE UPDATE ON timeline
BEGIN SELECT RAISE(ABORT, 'timeline is append-only'); END
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER timeline_no_update")
        op.execute(CLAIMS)
        op.execute(POINTS_SQLITE)
        op.execute(REFUSE)
        return
    op.execute("ALTER TABLE timeline DISABLE TRIGGER timeline_append_only")
    op.execute(CLAIMS)
    op.execute(POINTS_POSTGRESQL)
    op.execute("ALTER TABLE timeline ENABLE TRIGGER timeline_append_only")


def downgrade() -> None:
    """When somebody wrote it down is not known any more, and nothing asks."""
