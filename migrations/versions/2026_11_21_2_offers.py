"""Offers, their texts, stores and stock."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_2_offers"
down_revision = "2026_11_21_1_club"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "offers",
        sa.Column("id", big, nullable=False),
        sa.Column("slug", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("version", big, nullable=False),
        sa.Column("hue", sa.String, nullable=False),
        sa.Column("benefit_kind", sa.String, nullable=False),
        sa.Column("benefit_value", big, nullable=True),
        sa.Column("minimum_purchase", big, nullable=True),
        sa.Column("combines", sa.Boolean(), nullable=False),
        sa.Column("till_key", sa.String, nullable=True),
        sa.Column("points_cost", big, nullable=False),
        sa.Column("points_value", big, nullable=True),
        sa.Column("minimum_tier_id", big, nullable=True),
        sa.Column("stock", big, nullable=True),
        sa.Column("per_member", big, nullable=True),
        sa.Column("uses_per_claim", big, nullable=False),
        sa.Column("visible_from", instant, nullable=True),
        sa.Column("visible_to", instant, nullable=True),
        sa.Column("claim_from", instant, nullable=True),
        sa.Column("claim_to", instant, nullable=True),
        sa.Column("use_from", instant, nullable=True),
        sa.Column("use_to", instant, nullable=True),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("valid_days", big, nullable=True),
        sa.Column("give_back_minutes", big, nullable=False),
        sa.Column("code_mode", sa.String, nullable=False),
        sa.Column("store_code", sa.String, nullable=True),
        sa.Column("online_code", sa.String, nullable=True),
        sa.Column("self_claim", sa.Boolean(), nullable=False),
        sa.Column("all_stores", sa.Boolean(), nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("updated_at", instant, nullable=False),
        sa.CheckConstraint("per_member IS NULL OR per_member > 0", name=op.f("ck_offers_limit_positive")),
        sa.CheckConstraint("points_cost >= 0", name=op.f("ck_offers_cost_not_negative")),
        sa.CheckConstraint("uses_per_claim > 0", name=op.f("ck_offers_uses_positive")),
        sa.ForeignKeyConstraint(["minimum_tier_id"], ["tiers.id"], name="fk_offers_minimum_tier_id_tiers"),
        sa.PrimaryKeyConstraint("id", name="pk_offers"),
        sa.UniqueConstraint("slug", name="uq_offers_slug"),
    )
    op.create_table(
        "offer_texts",
        sa.Column("offer_id", big, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("short", sa.String, nullable=False),
        sa.Column("terms", sa.String, nullable=False),
        sa.Column("how_store", sa.String, nullable=False),
        sa.Column("how_online", sa.String, nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name="fk_offer_texts_offer_id_offers"),
        sa.PrimaryKeyConstraint("offer_id", "language", name="pk_offer_texts"),
    )
    op.create_table(
        "offer_stores",
        sa.Column("offer_id", big, nullable=False),
        sa.Column("store_id", big, nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name="fk_offer_stores_offer_id_offers"),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name="fk_offer_stores_store_id_stores"),
        sa.PrimaryKeyConstraint("offer_id", "store_id", name="pk_offer_stores"),
    )
    op.create_index("ix_offer_stores_store_id", "offer_stores", ["store_id"])
    op.create_table(
        "stock",
        sa.Column("offer_id", big, nullable=False),
        sa.Column("shard", big, nullable=False),
        sa.Column("remaining", big, nullable=False),
        sa.CheckConstraint("remaining >= 0", name=op.f("ck_stock_never_oversold")),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name="fk_stock_offer_id_offers"),
        sa.PrimaryKeyConstraint("offer_id", "shard", name="pk_stock"),
    )


def downgrade() -> None:
    op.drop_table("stock")
    op.drop_table("offer_stores")
    op.drop_table("offer_texts")
    op.drop_table("offers")
