"""Drives every deed of the core at random, beside the model, and compares the two after each step."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy.orm import Session

from portal.core.claims import expiry, releases, returns
from portal.core.claims.claiming import Asked
from portal.core.club.members import Member
from portal.core.offers import offers
from portal.core.offers.offers import Offer, Status
from portal.core.points import earning
from portal.core.reading import audit
from portal.core.redeeming import parts, reversals, scanning
from portal.core.redeeming.reversals import UndoReason
from portal.core.redeeming.scans import Outcome, Scan
from portal.core.redeeming.using import Wish
from portal.core.refusals import Refusal
from tests import build
from tests.machine import model as models
from tests.machine.hands import EURO
from tests.machine.holding import Holding
from tests.plumbing.clock import NOON

PEOPLE, OFFERS = 2, 5
WHO, WHAT, WHICH = st.integers(0, PEOPLE - 1), st.integers(0, OFFERS - 1), st.integers(0, 4)
WAITS = (timedelta(seconds=10), timedelta(minutes=4), timedelta(minutes=16))


class Club(Holding, RuleBasedStateMachine):
    """`engine` is set by whoever runs it: a migrated database that holds nothing yet."""

    @initialize()
    def open(self) -> None:
        self.found()
        self.deeds: list[tuple[Asked, str]] = []
        self.rows: list[tuple[int, int | None]] = []  # of each redemption: its id, and its scan's
        self.session.commit()

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()

    @rule(wait=st.sampled_from(WAITS))
    def wait(self, wait: timedelta) -> None:
        self.model.now += wait

    @rule()
    def sleep(self) -> None:
        self.model.now += timedelta(hours=30)

    @rule(who=WHO, whats=st.lists(WHAT, min_size=1, max_size=4))
    def claim(self, who: int, whats: list[int]) -> None:
        for what in whats:
            self._claim(who, what, stale=False)

    @rule(who=WHO, what=WHAT)
    def claim_what_was_seen_long_ago(self, who: int, what: int) -> None:
        self._claim(who, what, stale=True)

    def _claim(self, who: int, what: int, *, stale: bool) -> None:
        offer = self.session.get_one(Offer, self.offers[what], populate_existing=True)
        asked = Asked(self.members[who].id, offer.id, self._key(), offer.version - stale)
        expected = self.model.may_claim(who, what, stale=stale)
        ref = self._do(expected, lambda: self._claims(asked))
        if ref:
            self._claimed(who, what, ref)
            self.deeds.append((asked, ref))

    @precondition(lambda self: self.deeds)
    @rule(which=WHICH)
    def claim_again_by_the_same_key(self, which: int) -> None:
        asked, ref = self.deeds[which % len(self.deeds)]
        assert self._do("", lambda: self._claims(asked)) == ref

    @precondition(lambda self: self.model.rights)
    @rule(which=WHICH)
    def give_back(self, which: int) -> None:
        ref = self._right(which)
        member = self.members[self.model.rights[ref].person].id
        expected = self.model.may_give_back(ref)
        self._do(expected, lambda: releases.give_back(self.session, member, ref, now=self.model.now))
        if not expected:
            self.model.give_back(ref)

    @precondition(lambda self: self.model.rights)
    @rule(taken=st.lists(st.tuples(WHICH, st.integers(1, 3)), min_size=1, max_size=3))
    def scan(self, taken: list[tuple[int, int]]) -> None:
        for which, part in taken:
            self._scan(self._right(which), part)

    def _scan(self, ref: str, part: int) -> None:
        expected, asks = self.model.may_redeem(ref), self.model.asks(ref)
        scan = self._do("", lambda: self._scans(ref))
        if expected:
            assert scan.refusal == expected
        elif not asks:
            self._redeemed(scan, ref, 1, 0)
            if part > 1:
                self._take_more(part)
        else:
            assert scan.outcome == Outcome.ASKED
            self._answer(scan, ref, part)

    @precondition(lambda self: self.rows and self.rows[-1][1])
    @rule(uses=st.integers(1, 3))
    def take_more(self, uses: int) -> None:
        self._take_more(uses)

    def _take_more(self, uses: int) -> None:
        ref, scan_id = self.model.taken[-1].right, self.rows[-1][1]
        right, expected = self.model.rights[ref], self.model.may_redeem(ref)
        if right.value is not None or self.model.taken[-1].undone:
            return
        raises = "more_than_left" if not expected and uses > right.left else ""
        scan = self._do(raises, lambda: self._takes_more(scan_id, uses))
        if scan and expected:
            assert scan.refusal == expected
        elif scan:
            self._redeemed(scan, ref, uses, 0)

    @rule(who=WHO, what=WHAT)
    def use(self, who: int, what: int) -> None:
        ref = self.model.usable(who, what)
        expected = "" if ref else self.model.may_claim(who, what)
        if ref and self.model.rights[ref].is_active(self.model.now):
            expected = "already_active"
        elif not expected and not self.model.offers[what].alone:
            expected = "self_redeem_disabled"
        elif ref and not expected:
            expected = self.model.may_redeem(ref)
        wish = Wish(self.members[who].id, self.offers[what], self.place.store_id, self._key())
        used = self._do(expected, lambda: self._uses(wish))
        if used:
            if used not in self.model.rights:
                self._claimed(who, what, used)
            assert self._do("", lambda: self._uses(wish)) == used
            self.model.redeem(used, 1, 0, at_a_till=False)
            self.rows.append((self._last_row(), None))

    @precondition(lambda self: self.rows)
    @rule(which=WHICH)
    def undo_at_the_till(self, which: int) -> None:
        number = self._latest(which)
        scan_id = self.rows[number][1]
        if scan_id is None:
            return
        expected = self.model.may_undo(number, models.UNDO)
        reason, now = UndoReason.WRONG_CODE, self.model.now
        self._do(expected, lambda: reversals.undo(self.session, self.place, scan_id, reason, now=now))
        if not expected:
            self.model.undo(number)

    @precondition(lambda self: self.rows)
    @rule(which=WHICH)
    def reverse_by_a_manager(self, which: int) -> None:
        number = self._latest(which)
        row, expected = self.rows[number][0], self.model.may_undo(number, models.REVERSE)
        reverse = lambda: reversals.reverse(self.session, row, "mistake", by=None, now=self.model.now)  # noqa: E731
        self._do(expected, reverse)
        if not expected:
            self.model.undo(number)

    def _latest(self, which: int) -> int:
        return max(0, len(self.rows) - 1 - which)

    @rule(who=WHO, euros=st.integers(1, 90))
    def buy(self, who: int, euros: int) -> None:
        bought = self._receipt(who, euros)
        for _ in range(2):
            earned = self._do("", lambda: earning.earn(self.session, bought, unit=EURO, now=self.model.now))
            assert earned == euros
        self.model.buy(bought.receipt, who, euros)

    @precondition(lambda self: self.model.receipts)
    @rule(which=WHICH)
    def bring_back(self, which: int) -> None:
        of_receipt = [*self.model.receipts][which % len(self.model.receipts)]
        bought = self.model.receipts[of_receipt]
        back = self._receipt(bought.person, bought.points)
        expected = "return_too_large" if bought.back else ""
        self._do(
            expected,
            lambda: returns.bring_back(self.session, back, of_receipt, unit=EURO, now=self.model.now),
        )
        if not expected:
            self.model.bring_back(of_receipt)

    @rule(what=WHAT, cost=st.integers(0, 120), paused=st.booleans())
    def edit(self, what: int, cost: int, paused: bool) -> None:
        offer = self.session.get_one(Offer, self.offers[what])
        offer.points_cost, offer.status = cost, Status.PAUSED if paused else Status.PUBLISHED
        offers.touch(self.session, offer, self.model.now)
        self.session.commit()
        self.model.offers[what].cost, self.model.offers[what].paused = cost, paused

    @rule(who=WHO, banned=st.booleans())
    def ban(self, who: int, banned: bool) -> None:
        self.members[who].banned_until = NOON + timedelta(days=999) if banned else None
        self.session.commit()
        self.model.people[who].banned = banned

    @rule()
    def sweep(self) -> None:
        expiry.record_expired(self.session, now=self.model.now)
        self.session.commit()

    @rule(who=WHO, what=WHAT)
    def crash(self, who: int, what: int) -> None:
        """Whatever was begun is gone, and the next one opens the database anew."""
        with suppress(Refusal):
            self._claims(Asked(self.members[who].id, self.offers[what], self._key()))
        self.session.flush()
        self.session.close()
        self.engine.dispose()
        self.session = Session(self.engine, expire_on_commit=False)
        self.members = [self.session.get_one(Member, member.id) for member in self.members]

    @invariant()
    def the_database_says_what_the_model_says(self) -> None:
        if not hasattr(self, "offers"):
            return
        self.session.expire_all()
        assert self._kept_claims() == {ref: self._expected(each) for ref, each in self.model.rights.items()}
        assert self._kept_stock() == [terms.stock for terms in self.model.offers]
        points = [self.model.points(who) for who in range(PEOPLE)]
        assert self._kept_points() == points
        assert self._owed() == [person.owed for person in self.model.people]
        assert list(audit.breaches(self.session, build.KEYRING)) == []
        self.session.commit()

    def _answer(self, scan: Scan, ref: str, part: int) -> None:
        right = self.model.rights[ref]
        wanted = 0 if right.value_left is None else part * 400
        expected = "more_than_left" if wanted and wanted > (right.value_left or 0) else ""
        taken = parts.of_value(wanted) if wanted else parts.ONE_USE
        answered = self._do(
            expected,
            lambda: scanning.confirm(self.session, self.place, scan.id, now=self.model.now, part=taken),
        )
        if answered:
            self._redeemed(answered, ref, 1, wanted)

    def _redeemed(self, scan: Scan, ref: str, uses: int, value: int) -> None:
        assert scan.outcome == Outcome.REDEEMED
        self.model.redeem(ref, uses, value)
        self.rows.append((self._last_row(), scan.id))
