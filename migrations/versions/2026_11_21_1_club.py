"""The club: stores, tills, accounts, members and how they sign in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_21_1_club"
down_revision = None
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True)
document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "club",
        sa.Column("id", big, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("currency", sa.String, nullable=False),
        sa.Column("key_fingerprints", document, nullable=False),
        sa.Column("founded_at", instant, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_club_only_one")),
        sa.PrimaryKeyConstraint("id", name="pk_club"),
    )
    op.create_table(
        "tiers",
        sa.Column("id", big, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("rank", big, nullable=False),
        sa.Column("threshold", big, nullable=False),
        sa.Column("hue", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tiers"),
        sa.UniqueConstraint("code", name="uq_tiers_code"),
        sa.UniqueConstraint("rank", name="uq_tiers_rank"),
    )
    op.create_table(
        "stores",
        sa.Column("id", big, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("auto_redeem", sa.Boolean(), nullable=False),
        sa.Column("opened_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stores"),
        sa.UniqueConstraint("code", name="uq_stores_code"),
    )
    op.create_table(
        "tills",
        sa.Column("id", big, nullable=False),
        sa.Column("store_id", big, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name="fk_tills_store_id_stores"),
        sa.PrimaryKeyConstraint("id", name="pk_tills"),
        sa.UniqueConstraint("store_id", "name", name="uq_tills_store_id_name"),
    )
    op.create_table(
        "accounts",
        sa.Column("id", big, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=True),
        sa.Column("password_hash", sa.String, nullable=True),
        sa.Column("pin_lookup", sa.LargeBinary(length=32), nullable=True),
        sa.Column("opened_at", instant, nullable=False),
        sa.Column("closed_at", instant, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("email", name="uq_accounts_email"),
    )
    op.create_index("ix_accounts_pin_lookup", "accounts", ["pin_lookup"])
    op.create_table(
        "staff_stores",
        sa.Column("account_id", big, nullable=False),
        sa.Column("store_id", big, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_staff_stores_account_id_accounts"),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name="fk_staff_stores_store_id_stores"),
        sa.PrimaryKeyConstraint("account_id", "store_id", name="pk_staff_stores"),
    )
    op.create_index("ix_staff_stores_store_id", "staff_stores", ["store_id"])
    op.create_table(
        "members",
        sa.Column("id", big, nullable=False),
        sa.Column("account_id", big, nullable=True),
        sa.Column("external_id", sa.String, nullable=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("tier_id", big, nullable=True),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("joined_at", instant, nullable=False),
        sa.Column("banned_until", instant, nullable=True),
        sa.Column("ban_reason", sa.String, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_members_account_id_accounts"),
        sa.ForeignKeyConstraint(["tier_id"], ["tiers.id"], name="fk_members_tier_id_tiers"),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sa.UniqueConstraint("account_id", name="uq_members_account_id"),
        sa.UniqueConstraint("external_id", name="uq_members_external_id"),
    )
    op.create_table(
        "cards",
        sa.Column("id", big, nullable=False),
        sa.Column("member_id", big, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("blocked_at", instant, nullable=True),
        sa.Column("issued_at", instant, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_cards_member_id_members"),
        sa.PrimaryKeyConstraint("id", name="pk_cards"),
        sa.UniqueConstraint("number", name="uq_cards_number"),
    )
    op.create_index("ix_cards_member_id", "cards", ["member_id"])
    op.create_table(
        "sign_ins",
        sa.Column("id", big, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("face", sa.String, nullable=False),
        sa.Column("account_id", big, nullable=False),
        sa.Column("till_id", big, nullable=True),
        sa.Column("acting_account_id", big, nullable=True),
        sa.Column("acting_since", instant, nullable=True),
        sa.Column("acted_at", instant, nullable=True),
        sa.Column("signed_in_at", instant, nullable=False),
        sa.Column("ends_at", instant, nullable=False),
        sa.Column("ended_at", instant, nullable=True),
        sa.Column("device", sa.String, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sign_ins_account_id_accounts"),
        sa.ForeignKeyConstraint(
            ["acting_account_id"], ["accounts.id"], name="fk_sign_ins_acting_account_id_accounts"
        ),
        sa.ForeignKeyConstraint(["till_id"], ["tills.id"], name="fk_sign_ins_till_id_tills"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ins"),
        sa.UniqueConstraint("token_hash", name="uq_sign_ins_token_hash"),
    )
    op.create_index("ix_sign_ins_account_id", "sign_ins", ["account_id"])
    op.create_table(
        "mail_codes",
        sa.Column("id", big, nullable=False),
        sa.Column("account_id", big, nullable=False),
        sa.Column("face", sa.String, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", instant, nullable=False),
        sa.Column("ends_at", instant, nullable=False),
        sa.Column("used_at", instant, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_mail_codes_account_id_accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_mail_codes"),
        sa.UniqueConstraint("token_hash", name="uq_mail_codes_token_hash"),
    )
    op.create_index("ix_mail_codes_account_id", "mail_codes", ["account_id"])


def downgrade() -> None:
    op.drop_table("mail_codes")
    op.drop_table("sign_ins")
    op.drop_table("cards")
    op.drop_table("members")
    op.drop_table("staff_stores")
    op.drop_table("accounts")
    op.drop_table("tills")
    op.drop_table("stores")
    op.drop_table("tiers")
    op.drop_table("club")
