"""Scans and redemptions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_21_5_redeeming"
down_revision = "2026_11_21_4_points"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True)
document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "scans",
        sa.Column("id", big, nullable=False),
        sa.Column("store_id", big, nullable=False),
        sa.Column("till_id", big, nullable=False),
        sa.Column("staff_id", big, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("claim_id", big, nullable=True),
        sa.Column("refusal", sa.String, nullable=True),
        sa.Column("facts", document, nullable=False),
        sa.Column("scanned_at", instant, nullable=False),
        sa.Column("answered_at", instant, nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_scans_claim_id_claims"),
        sa.ForeignKeyConstraint(["staff_id"], ["accounts.id"], name="fk_scans_staff_id_accounts"),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name="fk_scans_store_id_stores"),
        sa.ForeignKeyConstraint(["till_id"], ["tills.id"], name="fk_scans_till_id_tills"),
        sa.PrimaryKeyConstraint("id", name="pk_scans"),
        sa.UniqueConstraint("till_id", "key", name="uq_scans_till_id_key"),
    )
    op.create_index("ix_scans_claim_id", "scans", ["claim_id"])
    op.create_index("ix_scans_outcome_scanned_at", "scans", ["outcome", "scanned_at"])
    op.create_index("ix_scans_till_id_id", "scans", ["till_id", "id"])
    op.create_table(
        "redemptions",
        sa.Column("id", big, nullable=False),
        sa.Column("claim_id", big, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("use_no", big, nullable=True),
        sa.Column("reverses_id", big, nullable=True),
        sa.Column("store_id", big, nullable=False),
        sa.Column("till_id", big, nullable=False),
        sa.Column("staff_id", big, nullable=False),
        sa.Column("scan_id", big, nullable=False),
        sa.Column("reason", sa.String, nullable=True),
        sa.Column("redeemed_at", instant, nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_redemptions_claim_id_claims"),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["redemptions.id"], name="fk_redemptions_reverses_id_redemptions"
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name="fk_redemptions_scan_id_scans"),
        sa.ForeignKeyConstraint(["staff_id"], ["accounts.id"], name="fk_redemptions_staff_id_accounts"),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name="fk_redemptions_store_id_stores"),
        sa.ForeignKeyConstraint(["till_id"], ["tills.id"], name="fk_redemptions_till_id_tills"),
        sa.PrimaryKeyConstraint("id", name="pk_redemptions"),
        sa.UniqueConstraint("claim_id", "use_no", name="one_row_per_use"),
        sa.UniqueConstraint("reverses_id", name="reversed_once"),
    )
    op.create_index("ix_redemptions_claim_id", "redemptions", ["claim_id"])
    op.create_index("ix_redemptions_redeemed_at", "redemptions", ["redeemed_at"])
    op.create_index("ix_redemptions_scan_id", "redemptions", ["scan_id"])


def downgrade() -> None:
    op.drop_table("redemptions")
    op.drop_table("scans")
