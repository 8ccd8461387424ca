"""Balances, ledger and lots."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_4_points"
down_revision = "2026_11_21_3_claims"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "balances",
        sa.Column("member_id", big, autoincrement=False, nullable=False),
        sa.Column("balance", big, nullable=False),
        sa.Column("seq", big, nullable=False),
        sa.Column("opened_at", instant, nullable=False),
        sa.CheckConstraint("balance >= 0", name=op.f("ck_balances_never_negative")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_balances_member_id_members"),
        sa.PrimaryKeyConstraint("member_id", name="pk_balances"),
    )
    op.create_table(
        "entries",
        sa.Column("id", big, nullable=False),
        sa.Column("member_id", big, nullable=False),
        sa.Column("seq", big, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("amount", big, nullable=False),
        sa.Column("balance_after", big, nullable=False),
        sa.Column("claim_id", big, nullable=True),
        sa.Column("card_id", big, nullable=True),
        sa.Column("reason", sa.String, nullable=True),
        sa.Column("written_at", instant, nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name="fk_entries_card_id_cards"),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_entries_claim_id_claims"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_entries_member_id_members"),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.UniqueConstraint("member_id", "seq", name="uq_entries_member_id_seq"),
    )
    op.create_index("ix_entries_claim_id", "entries", ["claim_id"])
    op.create_table(
        "lots",
        sa.Column("id", big, nullable=False),
        sa.Column("member_id", big, nullable=False),
        sa.Column("amount", big, nullable=False),
        sa.Column("remaining", big, nullable=False),
        sa.Column("earned_at", instant, nullable=False),
        sa.Column("expires_at", instant, nullable=True),
        sa.CheckConstraint("remaining >= 0 AND remaining <= amount", name=op.f("ck_lots_remaining_within")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_lots_member_id_members"),
        sa.PrimaryKeyConstraint("id", name="pk_lots"),
    )
    op.create_index("ix_lots_expires_at", "lots", ["expires_at"])
    op.create_index("ix_lots_member_id_expires_at", "lots", ["member_id", "expires_at"])
    op.create_table(
        "lot_entries",
        sa.Column("id", big, nullable=False),
        sa.Column("lot_id", big, nullable=False),
        sa.Column("entry_id", big, nullable=False),
        sa.Column("amount", big, nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_lot_entries_entry_id_entries"),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name="fk_lot_entries_lot_id_lots"),
        sa.PrimaryKeyConstraint("id", name="pk_lot_entries"),
    )
    op.create_index("ix_lot_entries_entry_id", "lot_entries", ["entry_id"])
    op.create_index("ix_lot_entries_lot_id", "lot_entries", ["lot_id"])


def downgrade() -> None:
    op.drop_table("lot_entries")
    op.drop_table("lots")
    op.drop_table("entries")
    op.drop_table("balances")
