"""What the machine does with a database and reads from it: deeds as they are called, rows as they are."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal.core.claims import claiming, claims
from portal.core.claims.claiming import Asked
from portal.core.claims.claims import Claim
from portal.core.club.members import Member
from portal.core.offers.offers import BenefitKind, Offer
from portal.core.offers.stock import Stock
from portal.core.points import lots
from portal.core.points.balances import Balance
from portal.core.points.lots import Lot
from portal.core.points.purchases import Bought
from portal.core.redeeming import scanning, using
from portal.core.redeeming.redemptions import Redemption
from portal.core.redeeming.scans import Scan
from portal.core.redeeming.using import Wish
from portal.core.refusals import Refusal
from tests import build
from tests.machine.model import Model
from tests.machine.things import Lot as ModelLot
from tests.machine.things import Person, Right, Terms
from tests.plumbing.clock import NOON

EURO = 100
YEAR, DAY = timedelta(days=365), timedelta(days=1)


class Hands:
    """A club of two members and a few offers, in the database and in the model."""

    engine: Engine

    def found(self) -> None:
        """The same beginning on both sides."""
        self.numbers, self.model = count(1), Model(NOON)
        self.codes: dict[str, str] = {}
        self.session = Session(self.engine, expire_on_commit=False)
        self.place = build.a_place(self.session)
        self.members = [build.a_member(self.session, name, points=250) for name in ("Ada", "Bela")]
        self.model.people = [Person([ModelLot(250, NOON + YEAR)]) for _ in self.members]
        lots.earn(self.session, self.members[0].id, 100, now=NOON, expires_at=NOON + DAY)
        self.model.people[0].lots.append(ModelLot(100, NOON + DAY))
        self.model.offers = [
            Terms(cost=100, stock=3, limit=2),
            Terms(uses=3, limit=1),
            Terms(value=1000, cost=60),
            Terms(uses=2, limit=2, alone=True, stock=2),
            Terms(combines=False, cost=10, uses=4, limit=3, goes_on=True),
        ]
        self.offers = [self._offer(terms).id for terms in self.model.offers]
        self.session.commit()

    def _offer(self, terms: Terms) -> Offer:
        kind = BenefitKind.FREE_ITEM if terms.value is None else BenefitKind.STORED_VALUE
        return build.an_offer(
            self.session,
            benefit_kind=kind,
            benefit_value=terms.value,
            points_cost=terms.cost,
            stock=terms.stock,
            per_member=terms.limit,
            uses_per_claim=terms.uses,
            valid_days=terms.days,
            member_redeem=terms.alone,
            combines=terms.combines,
            reassignable=terms.goes_on,
        )

    def _claimed(self, who: int, what: int, ref: str) -> None:
        self.model.claim(who, what, ref)
        self._remember(ref)

    def _remember(self, ref: str) -> None:
        claim = self.session.scalars(select(Claim).where(Claim.reference == ref)).one()
        self.codes[ref] = build.code_of(self.session, claim)

    def _expected(self, right: Right) -> tuple[str, int, int | None]:
        banned = self.model.people[right.person].banned
        return right.reading(self.model.now, banned=banned), right.left, right.value_left

    def _kept_claims(self) -> dict[str, tuple[str, int, int | None]]:
        rows = self.session.execute(select(Claim, Member.banned_until).join(Member)).all()
        return {
            row.Claim.reference: (
                claims.reading(claims.moment(row.Claim, row.banned_until), self.model.now).value,
                row.Claim.uses_left,
                row.Claim.amount_left,
            )
            for row in rows
        }

    def _kept_stock(self) -> list[int | None]:
        left = dict(self.session.execute(select(Stock.offer_id, Stock.remaining)).all())
        return [left.get(offer) for offer in self.offers]

    def _kept_points(self) -> list[int]:
        live = (Lot.expires_at.is_(None)) | (Lot.expires_at > self.model.now)
        sums = select(Lot.member_id, func.sum(Lot.remaining)).where(live).group_by(Lot.member_id)
        kept = dict(self.session.execute(sums).all())
        return [int(kept.get(member.id, 0)) for member in self.members]

    def _owed(self) -> list[int]:
        owed = dict(self.session.execute(select(Balance.member_id, Balance.owed)).all())
        return [owed[member.id] for member in self.members]

    def _do(self, expected: str, deed: Callable[[], Any]) -> Any:
        """Commit the deed, or find that it is refused as expected and roll back."""
        said, done = "", None
        try:
            done = deed()
            self.session.commit()
        except Refusal as refusal:
            self.session.rollback()
            said = refusal.code
        assert said == expected
        return done

    def _claims(self, asked: Asked) -> str:
        return claiming.claim_offer(
            self.session, build.KEYRING, asked, now=self.model.now, chance=build.CHANCE
        )

    def _scans(self, ref: str) -> Scan:
        self.model.now += timedelta(seconds=10)  # else the same code at once is the same scan
        code = self.codes[ref]
        return scanning.scan(
            self.session, build.KEYRING, code, self.place, key=self._key(), now=self.model.now,
            acting_since=self.model.now,
        )  # fmt: skip

    def _takes_more(self, scan_id: int | None, uses: int) -> Scan:
        assert scan_id is not None
        return scanning.take_more(
            self.session, self.place, scan_id, uses=uses, key=self._key(), now=self.model.now
        )

    def _uses(self, wish: Wish) -> str:
        return using.use(self.session, build.KEYRING, wish, now=self.model.now, chance=build.CHANCE)

    def _last_row(self) -> int:
        return self.session.scalars(select(Redemption.id).order_by(Redemption.id.desc()).limit(1)).one()

    def _right(self, which: int) -> str:
        """One of the latest: with those something may still happen."""
        latest = [*self.model.rights][-5:]
        return latest[-1 - which % len(latest)]

    def _key(self) -> str:
        return f"key-{next(self.numbers)}"

    def _receipt(self, who: int, euros: int) -> Bought:
        now = self.model.now
        return Bought(self.place.store_id, self._key(), self.members[who].id, None, euros * EURO, now)
