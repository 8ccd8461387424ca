"""What the machine does with claims that are held: locks, more time, another holder, and the end by staff."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from portal.core.claims import cancelling, extending, handovers, locks
from portal.core.claims.acts import By
from portal.core.claims.claims import Claim
from tests import build
from tests.machine.hands import Hands
from tests.machine.model import end_of_day

BY = By("a reason")
WHICH = st.integers(0, 4)
a_claim = precondition(lambda self: self.model.rights)


class Holding(Hands):
    """Rules beside those of Club."""

    @a_claim
    @rule(which=WHICH)
    def lock(self, which: int) -> None:
        ref, until = self._right(which), self.model.now + timedelta(minutes=10)
        right = self.model.rights[ref]
        expected = "code_revoked" if right.closed else ""
        if not expected and self.model.now >= right.ends:
            expected = "code_revoked" if self._is_swept(ref) else "code_expired"
        lock: Any = lambda: locks.lock(self.session, ref, "basket:1", BY, until=until, now=self.model.now)  # noqa: E731
        self._do(expected, lock)
        if not expected:
            right.locked_until = until

    @a_claim
    @rule(which=WHICH)
    def unlock(self, which: int) -> None:
        ref = self._right(which)
        right = self.model.rights[ref]
        was = self._do("", lambda: locks.unlock(self.session, ref, BY, now=self.model.now))
        assert was == right.is_locked(self.model.now)
        right.locked_until = None

    @a_claim
    @rule(which=WHICH, days=st.integers(0, 5))
    def extend(self, which: int, days: int) -> None:
        ref, until = self._right(which), end_of_day(self.model.now, days)
        right, now = self.model.rights[ref], self.model.now
        expected = "claim_not_extendable" if right.closed or until <= right.ends else ""
        self._do(expected, lambda: extending.extend(self.session, ref, BY, until=until, now=now))
        if not expected:
            right.ends = until

    @a_claim
    @rule(which=WHICH)
    def cancel(self, which: int) -> None:
        ref = self._right(which)
        expected = "" if self.model.rights[ref].is_whole(self.model.now) else "claim_not_cancellable"
        self._do(expected, lambda: cancelling.cancel(self.session, ref, BY, now=self.model.now))
        if not expected:
            self.model.give_back(ref, "cancelled")

    @a_claim
    @rule(which=WHICH)
    def hand_over(self, which: int) -> None:
        ref, now = self._right(which), self.model.now
        person = self.model.rights[ref].person
        giver, taker = self.members[person].id, self.members[1 - person].id
        offered = self._do(
            self.model.may_hand_over(ref),
            lambda: handovers.offer(self.session, giver, ref, taker, now=now, chance=build.CHANCE),
        )
        if offered is None:
            return
        accept: Any = lambda: handovers.accept(  # noqa: E731
            self.session, build.KEYRING, taker, offered, now=now, chance=build.CHANCE
        )
        new = self._do(self.model.may_take_over(ref, 1 - person), accept)
        if new:
            self.model.hand_over(ref, 1 - person, new)
            self._remember(new)

    def _is_swept(self, ref: str) -> bool:
        return self.session.scalar(select(Claim.state).where(Claim.reference == ref)) == "closed"
