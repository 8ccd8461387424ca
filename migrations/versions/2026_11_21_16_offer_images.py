"""One image an offer, in the database: the hosts share no disk."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_16_offer_images"
down_revision = "2026_11_21_15_placing"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "offer_images",
        sa.Column("offer_id", big, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
        sa.Column("width", big, nullable=False),
        sa.Column("height", big, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_offer_images_has_a_size")),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name="fk_offer_images_offer_id_offers"),
        sa.PrimaryKeyConstraint("offer_id", name="pk_offer_images"),
    )


def downgrade() -> None:
    op.drop_table("offer_images")
