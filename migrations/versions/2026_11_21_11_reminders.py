"""Reminders: which have been dealt with, and who wants none."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_11_reminders"
down_revision = "2026_11_21_10_mail_codes"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("members", sa.Column("reminders", sa.Boolean, nullable=False, server_default=sa.true()))
    op.create_table(
        "reminders",
        sa.Column("claim_id", big, nullable=False),
        sa.Column("ahead", sa.String, nullable=False),
        sa.Column("made_at", instant, nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_reminders_claim_id_claims"),
        sa.PrimaryKeyConstraint("claim_id", "ahead", name="pk_reminders"),
    )


def downgrade() -> None:
    op.drop_table("reminders")
    op.drop_column("members", "reminders")
