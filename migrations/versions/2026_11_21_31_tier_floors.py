"""A tier is earned year by year, or given by the club through a year."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_31_tier_floors"
down_revision = "2026_11_21_30_cards_of_claims"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    named = "CONSTRAINT fk_members_tier_floor_id_tiers REFERENCES tiers (id)"
    op.execute(f"ALTER TABLE members ADD COLUMN tier_floor_id {number} {named}")
    op.add_column("members", sa.Column("tier_floor_year", big, nullable=True))
    op.add_column("members", sa.Column("tier_year", big, nullable=False, server_default="0"))
    op.create_index("ix_members_tier_year", "members", ["tier_year"])
    # Whoever has a tier keeps it through this year.
    kept = sa.text(
        "UPDATE members SET tier_floor_id = tier_id, tier_floor_year = :year WHERE tier_id IS NOT NULL"
    )
    op.get_bind().execute(kept, {"year": datetime.now(UTC).year})


def downgrade() -> None:
    op.drop_index("ix_members_tier_year", "members")
    for name in ("tier_year", "tier_floor_year"):
        op.drop_column("members", name)
    op.execute("ALTER TABLE members DROP COLUMN tier_floor_id")
