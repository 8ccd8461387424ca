"""Indexes for what is asked at every page and every scan, however long the history behind it."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_14_lookups"
down_revision = "2026_11_21_13_profiles"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_claims_member_id_state_closed_at_id": ("claims", ["member_id", "state", "closed_at", "id"]),
    "ix_entries_member_id_kind_written_at": ("entries", ["member_id", "kind", "written_at"]),
    "ix_journal_act_happened_at": ("journal", ["act", "happened_at"]),
    "ix_scans_till_id_outcome": ("scans", ["till_id", "outcome"]),
    "ix_scans_till_id_scanned_at": ("scans", ["till_id", "scanned_at"]),
}
COUNTS = sa.text("slot IS NOT NULL")


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
    op.create_index(
        "ix_claims_member_id_offer_id",
        "claims",
        ["member_id", "offer_id"],
        sqlite_where=COUNTS,
        postgresql_where=COUNTS,
    )


def downgrade() -> None:
    op.drop_index("ix_claims_member_id_offer_id", "claims")
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
