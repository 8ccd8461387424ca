"""Claims and their codes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_21_3_claims"
down_revision = "2026_11_21_2_offers"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True)
document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("id", big, nullable=False),
        sa.Column("reference", sa.String, nullable=False),
        sa.Column("offer_id", big, nullable=False),
        sa.Column("member_id", big, nullable=False),
        sa.Column("slot", big, nullable=True),
        sa.Column("member_limit", big, nullable=True),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("closed_reason", sa.String, nullable=True),
        sa.Column("closed_at", instant, nullable=True),
        sa.Column("version", big, nullable=False),
        sa.Column("offer_version", big, nullable=False),
        sa.Column("terms", document, nullable=False),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("claimed_at", instant, nullable=False),
        sa.Column("expires_at", instant, nullable=True),
        sa.Column("give_back_until", instant, nullable=False),
        sa.Column("uses_allowed", big, nullable=False),
        sa.Column("uses_left", big, nullable=False),
        sa.Column("price_paid", big, nullable=False),
        sa.CheckConstraint(
            "slot IS NOT NULL OR member_limit IS NULL OR closed_reason = 'given_back'",
            name=op.f("ck_claims_slot_held"),
        ),
        sa.CheckConstraint(
            "uses_left >= 0 AND uses_left <= uses_allowed", name=op.f("ck_claims_uses_within")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_claims_member_id_members"),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name="fk_claims_offer_id_offers"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
        sa.UniqueConstraint("offer_id", "member_id", "slot", name="within_member_limit"),
        sa.UniqueConstraint("reference", name="uq_claims_reference"),
    )
    op.create_index("ix_claims_expires_at", "claims", ["expires_at"])
    op.create_index("ix_claims_member_id_state_expires_at", "claims", ["member_id", "state", "expires_at"])
    op.create_table(
        "codes",
        sa.Column("id", big, nullable=False),
        sa.Column("claim_id", big, nullable=False),
        sa.Column("lookup", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key_version", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("ended_at", instant, nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_codes_claim_id_claims"),
        sa.PrimaryKeyConstraint("id", name="pk_codes"),
        sa.UniqueConstraint("lookup", name="uq_codes_lookup"),
    )
    op.create_index(
        "one_live_code_per_claim",
        "codes",
        ["claim_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("codes")
    op.drop_table("claims")
