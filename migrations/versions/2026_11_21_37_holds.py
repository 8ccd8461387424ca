"""Holds: what a claim holds while an outside provider makes its code."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_37_holds"
down_revision = "2026_11_21_36_vendor_ids"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "holds",
        sa.Column("id", big, nullable=False),
        sa.Column("claim_id", big, nullable=False),
        sa.Column("points", big, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("attempts", big, nullable=False),
        sa.Column("due_at", instant, nullable=False),
        sa.Column("leased_until", instant, nullable=True),
        sa.Column("opened_at", instant, nullable=False),
        sa.Column("settled_at", instant, nullable=True),
        sa.CheckConstraint("points >= 0", name=op.f("ck_holds_points_not_negative")),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_holds_claim_id_claims"),
        sa.PrimaryKeyConstraint("id", name="pk_holds"),
        sa.UniqueConstraint("claim_id", name="uq_holds_claim_id"),
        sa.UniqueConstraint("key", name="uq_holds_key"),
    )
    op.create_index("ix_holds_state_due_at", "holds", ["state", "due_at"])


def downgrade() -> None:
    op.drop_table("holds")
