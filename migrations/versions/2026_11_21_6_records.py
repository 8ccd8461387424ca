"""Timeline, journal, receipts, outbox and limits."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_21_6_records"
down_revision = "2026_11_21_5_redeeming"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True)
document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "timeline",
        sa.Column("id", big, nullable=False),
        sa.Column("member_id", big, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("offer_id", big, nullable=True),
        sa.Column("claim_id", big, nullable=True),
        sa.Column("facts", document, nullable=False),
        sa.Column("happened_at", instant, nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_timeline_claim_id_claims"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_timeline_member_id_members"),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name="fk_timeline_offer_id_offers"),
        sa.PrimaryKeyConstraint("id", name="pk_timeline"),
    )
    op.create_index("ix_timeline_claim_id", "timeline", ["claim_id"])
    op.create_index("ix_timeline_member_id_id", "timeline", ["member_id", "id"])
    op.create_table(
        "journal",
        sa.Column("id", big, nullable=False),
        sa.Column("account_id", big, nullable=True),
        sa.Column("act", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("store_id", big, nullable=True),
        sa.Column("reason", sa.String, nullable=True),
        sa.Column("facts", document, nullable=False),
        sa.Column("happened_at", instant, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_journal_account_id_accounts"),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name="fk_journal_store_id_stores"),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
    )
    op.create_index("ix_journal_account_id", "journal", ["account_id"])
    op.create_index("ix_journal_happened_at", "journal", ["happened_at"])
    op.create_table(
        "receipts",
        sa.Column("id", big, nullable=False),
        sa.Column("principal", sa.String, nullable=False),
        sa.Column("act", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("about", sa.String, nullable=False),
        sa.Column("result", sa.String, nullable=False),
        sa.Column("written_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_receipts"),
        sa.UniqueConstraint("principal", "act", "key", name="uq_receipts_principal_act_key"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", big, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("facts", document, nullable=False),
        sa.Column("due_at", instant, nullable=False),
        sa.Column("attempts", big, nullable=False),
        sa.Column("leased_until", instant, nullable=True),
        sa.Column("sent_at", instant, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_sent_at_due_at", "outbox", ["sent_at", "due_at"])
    op.create_table(
        "limits",
        sa.Column("key", sa.String, nullable=False),
        sa.Column("tries", big, nullable=False),
        sa.Column("ends_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_limits"),
    )
    op.create_index("ix_limits_ends_at", "limits", ["ends_at"])


def downgrade() -> None:
    op.drop_table("limits")
    op.drop_table("outbox")
    op.drop_table("receipts")
    op.drop_table("journal")
    op.drop_table("timeline")
