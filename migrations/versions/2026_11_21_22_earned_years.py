"""Points earned in a calendar year are kept beside the balance; ledger lines say for which they count."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_22_earned_years"
down_revision = "2026_11_21_21_purchases"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COUNTERS = ("earned_year", "earned", "earned_before")
# What members brought along was not earned here; so far, all else that was earned is.
YEAR = sa.text(
    "UPDATE entries SET counts_for = :year WHERE kind = 'earned' AND written_at >= :since "
    "AND written_at < :until AND coalesce(reason, '') NOT LIKE 'opening:%'"
).bindparams(
    sa.bindparam("since", type_=sa.DateTime(timezone=True)),
    sa.bindparam("until", type_=sa.DateTime(timezone=True)),
)
SUM = """
UPDATE balances SET earned_year = :year,
earned = coalesce((SELECT sum(amount) FROM entries e
  WHERE e.member_id = balances.member_id AND e.counts_for = :year), 0),
earned_before = coalesce((SELECT sum(amount) FROM entries e
  WHERE e.member_id = balances.member_id AND e.counts_for = :year - 1), 0)
"""


def upgrade() -> None:
    op.add_column("entries", sa.Column("counts_for", big, nullable=True))
    for name in COUNTERS:
        op.add_column("balances", sa.Column(name, big, nullable=False, server_default="0"))
    connection = op.get_bind()
    zone = connection.scalar(sa.text("SELECT zone FROM club"))
    if zone is None:
        return
    this_year = datetime.now(UTC).astimezone(ZoneInfo(zone)).year
    _guard(on=False)
    for year in range(2000, this_year + 1):
        since, until = (
            datetime(one, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC) for one in (year, year + 1)
        )
        if connection.dialect.name == "sqlite":
            since, until = since.replace(tzinfo=None), until.replace(tzinfo=None)
        connection.execute(YEAR, {"year": year, "since": since, "until": until})
    _guard(on=True)
    connection.execute(sa.text(SUM), {"year": this_year})


def _guard(*, on: bool) -> None:
    """Nobody may change a line of the ledger, but for this once."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"ALTER TABLE entries {'ENABLE' if on else 'DISABLE'} TRIGGER entries_append_only")
    elif on:
        op.execute(
            "CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries "
            "BEGIN SELECT RAISE(ABORT, 'entries is append-only'); END"
        )
    else:
        op.execute("DROP TRIGGER entries_no_update")


def downgrade() -> None:
    for name in COUNTERS:
        op.drop_column("balances", name)
    op.drop_column("entries", "counts_for")
