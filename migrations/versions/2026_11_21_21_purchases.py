"""Purchases earn points: the receipts, each tier's rate, and what is owed after a return."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_21_purchases"
down_revision = "2026_11_21_20_grants"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True)
NUMBERS = (("balances", "owed", "owed_not_negative", "0"), ("tiers", "rate", "rate_not_negative", "100"))
NAMING = ("entries", "lots")


def upgrade() -> None:
    op.create_table(
        "purchases",
        sa.Column("id", big, nullable=False),
        sa.Column("store_id", big, nullable=False),
        sa.Column("receipt", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("returns_id", big, nullable=True),
        sa.Column("member_id", big, nullable=False),
        sa.Column("card_id", big, nullable=True),
        sa.Column("amount", big, nullable=False),
        sa.Column("rate", big, nullable=False),
        sa.Column("points", big, nullable=False),
        sa.Column("lapsed", big, nullable=False),
        sa.Column("year", big, nullable=False),
        sa.Column("bought_at", instant, nullable=False),
        sa.Column("recorded_at", instant, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_purchases_amount_positive")),
        sa.CheckConstraint("lapsed >= 0 AND lapsed <= points", name=op.f("ck_purchases_lapsed_within")),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name="fk_purchases_card_id_cards"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_purchases_member_id_members"),
        sa.ForeignKeyConstraint(["returns_id"], ["purchases.id"], name="fk_purchases_returns_id_purchases"),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name="fk_purchases_store_id_stores"),
        sa.PrimaryKeyConstraint("id", name="pk_purchases"),
        sa.UniqueConstraint("store_id", "receipt", name="one_receipt"),
    )
    op.create_index("ix_purchases_member_id", "purchases", ["member_id"])
    op.create_index("ix_purchases_returns_id", "purchases", ["returns_id"])
    _protect()
    # Written out: a table made anew for the sake of a column would lose its append-only triggers.
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    for table in NAMING:
        named = f"CONSTRAINT fk_{table}_purchase_id_purchases REFERENCES purchases (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN purchase_id {number} {named}")
    op.create_index("ix_entries_purchase_id", "entries", ["purchase_id"])
    op.create_index("ix_lots_purchase_id", "lots", ["purchase_id"], unique=True)
    for table, column, rule, usual in NUMBERS:
        held = f"CONSTRAINT ck_{table}_{rule} CHECK ({column} >= 0)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {number} NOT NULL DEFAULT {usual} {held}")
    op.add_column("club", sa.Column("points_months", big, nullable=True))


def _protect() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER purchases_no_{act.lower()} BEFORE {act} ON purchases "
                "BEGIN SELECT RAISE(ABORT, 'purchases is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER purchases_append_only BEFORE UPDATE OR DELETE ON purchases "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_column("club", "points_months")
    op.drop_index("ix_lots_purchase_id", "lots")
    op.drop_index("ix_entries_purchase_id", "entries")
    for table, column, rule, _usual in NUMBERS:
        if op.get_bind().dialect.name != "sqlite":
            op.drop_constraint(op.f(f"ck_{table}_{rule}"), table)
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in NAMING:
        op.execute(f"ALTER TABLE {table} DROP COLUMN purchase_id")
    op.drop_table("purchases")
