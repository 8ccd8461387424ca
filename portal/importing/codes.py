"""Partners' codes into a pool. No remark, report or error ever repeats one: lines are named by number."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator

from portal.core.base import Chance, Work
from portal.core.codes import pool_codes, pools, profiles
from portal.core.codes.keyring import Keyring
from portal.core.codes.pool_codes import Bare
from portal.core.codes.pools import Pool
from portal.core.codes.profiles import Strength
from portal.core.records import journal
from portal.importing.cells import Mend
from portal.importing.reports import Tally
from portal.importing.rows import Row
from portal.importing.running import Kind


def partners(text: str) -> str:
    """A partner's code, as it was written."""
    if objection := profiles.objection(text):
        raise Mend(objection)
    return text


class CodeRow(Row):
    # Never the code itself: keys stand in reports and on screens.
    KEY = "line"

    code: Annotated[str, BeforeValidator(partners)]


@dataclass(frozen=True)
class Wish:
    """The pool that was named, and what was asked of it."""

    name: str
    case_matters: bool = False
    alarm_below: int | None = None


@dataclass
class Codes(Kind[CodeRow]):
    """One line, one code. The same code twice is one; a code that is in another pool is left out."""

    keyring: Keyring
    chance: Chance
    wish: Wish
    strength: Strength = field(default_factory=Strength)

    row = CodeRow

    def take(self, session: Work, batch: Sequence[CodeRow], tally: Tally, now: datetime) -> None:
        pool = self._pool(session, now)
        profile, fresh = pool.profile, dict[str, Bare]()
        normals = {row.line: profile.normal(row.code) for row in batch}
        there = pool_codes.pools_of(session, self.keyring, list(normals.values()))
        for row in batch:
            normal = normals[row.line]
            if there.get(normal, pool.id) != pool.id:
                tally.leave_out(
                    [row.remark("code", "another pool has this code: a till could not tell whose")]
                )
                continue
            tally.count(is_new=normal not in there and normal not in fresh, changed=False)
            self.strength.add(normal)
            profile = profile.widened(row.code)
            if normal not in there:
                fresh.setdefault(normal, Bare(row.code, normal))
        self._write(session, pool, list(fresh.values()), now)
        pools.widen(pool, profile)

    def _pool(self, session: Work, now: datetime) -> Pool:
        pool = pools.by_name(session, self.wish.name) or pools.open_pool(
            session, self.wish.name, case_matters=self.wish.case_matters, now=now
        )
        if self.wish.alarm_below is not None:
            pools.watch(session, pool, self.wish.alarm_below, now=now)
        return pool

    def _write(self, session: Work, pool: Pool, fresh: list[Bare], now: datetime) -> None:
        if fresh:
            pool_codes.add(session, self.keyring, pool.id, fresh, now=now, chance=self.chance)
            facts = {"codes": len(fresh), "by": "import"}
            journal.add(session, "codes_added", f"pool:{pool.name}", now=now, facts=facts)


def told(strength: Strength) -> list[str]:
    """What the person is told of the codes as a whole."""
    if not strength.count:
        return []
    lines = [
        f"Strength: about {strength.bits:.0f} bits; one guess in {strength.one_in:,} hits one of this list."
    ]
    if strength.runs:
        lines.append("WEAK: the codes are numbered. Whoever has one knows the next.")
    elif strength.is_weak:
        least = f"{profiles.WEAK_BELOW:.0f}"
        lines.append(f"WEAK: under {least} bits, so they can be guessed. Use them for small things only.")
    return lines
