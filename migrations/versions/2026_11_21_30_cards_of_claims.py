"""A claim may say which card was shown for it, and a blocked card why."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_30_cards_of_claims"
down_revision = "2026_11_21_29_awards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    named = "CONSTRAINT fk_claims_card_id_cards REFERENCES cards (id)"
    op.execute(f"ALTER TABLE claims ADD COLUMN card_id {number} {named}")
    op.add_column("cards", sa.Column("block_reason", sa.String, nullable=True))


def downgrade() -> None:
    op.drop_column("cards", "block_reason")
    op.execute("ALTER TABLE claims DROP COLUMN card_id")
