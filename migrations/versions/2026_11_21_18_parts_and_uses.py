"""A claim can be used in parts, and by its member in the store."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_18_parts_and_uses"
down_revision = "2026_11_21_17_field_words"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True)
AT_A_TILL = ("till_id", "staff_id", "scan_id")
WITHIN = "CONSTRAINT ck_claims_amount_within CHECK (amount_left >= 0 AND amount_left <= amount)"
# What the older shape cannot hold: uses by members alone, and what took them back.
DROP_BY_MEMBERS = """
DELETE FROM redemptions WHERE scan_id IS NULL
    OR reverses_id IN (SELECT id FROM redemptions WHERE scan_id IS NULL)
"""


def upgrade() -> None:
    op.add_column("offers", sa.Column("member_redeem", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("offers", sa.Column("presence", sa.String, nullable=False, server_default="none"))
    op.add_column("offers", sa.Column("active_minutes", big, nullable=False, server_default="15"))
    op.add_column("claims", sa.Column("amount", big, nullable=True))
    whole = "INTEGER" if _is_sqlite() else "BIGINT"
    op.execute(f"ALTER TABLE claims ADD COLUMN amount_left {whole} {WITHIN}")
    op.add_column("claims", sa.Column("active_until", instant, nullable=True))
    with _unguarded(), op.batch_alter_table("redemptions") as table:
        table.add_column(sa.Column("uses", big, nullable=False, server_default="1"))
        table.add_column(sa.Column("amount", big, nullable=False, server_default="0"))
        table.add_column(sa.Column("verified", sa.Boolean, nullable=True))
        for name in AT_A_TILL:
            table.alter_column(name, existing_type=big, nullable=True)


def downgrade() -> None:
    with _unguarded():
        op.execute(DROP_BY_MEMBERS)
        with op.batch_alter_table("redemptions") as table:
            for name in AT_A_TILL:
                table.alter_column(name, existing_type=big, nullable=False)
            for name in ("verified", "amount", "uses"):
                table.drop_column(name)
    for name in ("active_until", "amount_left", "amount"):
        op.drop_column("claims", name)
    for name in ("active_minutes", "presence", "member_redeem"):
        op.drop_column("offers", name)


@contextmanager
def _unguarded() -> Iterator[None]:
    """While the table is made anew, or rows that the older shape cannot hold are dropped."""
    if not _is_sqlite():
        op.execute("ALTER TABLE redemptions DISABLE TRIGGER redemptions_append_only")
        yield
        op.execute("ALTER TABLE redemptions ENABLE TRIGGER redemptions_append_only")
        return
    for act in ("update", "delete"):
        op.execute(f"DROP TRIGGER redemptions_no_{act}")
    yield
    for act in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER redemptions_no_{act} BEFORE {act.upper()} ON redemptions "
            "BEGIN SELECT RAISE(ABORT, 'redemptions is append-only'); END"
        )


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
