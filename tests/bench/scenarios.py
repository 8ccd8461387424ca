"""What is asked: each hot path by a name, and as many requests of it as are wanted."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from flask import Flask

from portal.core.club.sign_ins import Face
from tests import build
from tests.bench import club
from tests.bench.asking import Request
from tests.bench.club import BenchClub, Browser

MANY_CLAIMS = 5000
MEMBERS = 20


@dataclass(frozen=True)
class Scenario:
    """One hot path; `gate` is the ratio that it may not pass, `most` how often it is asked in a round."""

    name: str
    app: Flask
    ask: Callable[[], Request]
    gate: float | None = None
    most: int = 10


@contextmanager
def opened(database: str, folder: Path) -> Iterator[list[Scenario]]:
    """Every scenario on clubs of their own, which are closed again afterwards."""
    with ExitStack() as stack:
        small = stack.enter_context(club.opened(database, folder / "small", 50))
        large = stack.enter_context(club.opened(database, folder / "large", 500))
        deeds = stack.enter_context(club.opened(database, folder / "deeds", 5))
        yield [*pages(small), *long_shelf(large), *claims(deeds), *till(deeds)]


def pages(small: BenchClub) -> Iterator[Scenario]:
    """What a member looks at, with a few claims and with many."""
    few, many = small.member(held=3), small.member(held=30, used=MANY_CLAIMS - 30)
    ada, bob = (Browser(small.app, cookies) for _, cookies in (few, many))
    slug, claim = build.an_offer(small.session, status="paused").slug, small.claim(few[0])
    small.session.commit()
    yield _page(small, "list, 50 offers", ada, "/offers", gate=20)
    yield _page(small, f"list, 50 offers, {MANY_CLAIMS:,} claims", bob, "/offers")
    yield _page(small, "offer", ada, f"/offers/{slug}")
    yield _page(small, "wallet, 4 codes", ada, "/wallet", gate=20)
    yield _page(small, f"wallet, 30 codes, {MANY_CLAIMS:,} claims", bob, "/wallet")
    yield _page(small, f"wallet, used of {MANY_CLAIMS:,} claims", bob, "/wallet?show=used")
    yield _page(small, "claim page", ada, f"/wallet/{claim.reference}")


def long_shelf(large: BenchClub) -> Iterator[Scenario]:
    """Ten times as many offers on one page."""
    ada = Browser(large.app, large.member(held=3)[1])
    yield _page(large, "list, 500 offers", ada, "/offers", most=3)


def claims(deeds: BenchClub) -> Iterator[Scenario]:
    """Claims by several members in turn: none of them gathers a wallet that nobody has."""
    members = [Browser(deeds.app, deeds.member()[1]) for _ in range(MEMBERS)]
    for name, cost in (("claim, free", 0), ("claim, 10 points", 10)):
        offer = build.an_offer(deeds.session, per_member=None, points_cost=cost, stock=1_000_000)
        deeds.session.commit()
        yield Scenario(name, deeds.app, _claiming(members, f"/offers/{offer.slug}/claims", name))


def _claiming(members: list[Browser], path: str, name: str) -> Callable[[], Request]:
    number = count()

    def ask() -> Request:
        turn = next(number)
        return members[turn % MEMBERS].sends(path, key=f"{name} {turn}")

    return ask


def till(deeds: BenchClub) -> Iterator[Scenario]:
    """The bench, and codes that are scanned at it."""
    store = build.a_store(deeds.session)
    stand, ona = build.a_till(deeds.session, store), build.staff_at(deeds.session, store)
    device = Browser(deeds.app, deeds.cookies(Face.STAFF, ona.id, stand.id))
    bench = f"/counter/{stand.id}"
    member, _ = deeds.member()

    def scan(minimum: int | None) -> Request:
        code = build.code_of(deeds.session, deeds.claim(member, minimum_purchase=minimum))
        deeds.session.commit()  # else its snapshot is older than what the till writes next
        return device.sends(f"{bench}/scans", code=code)

    yield _page(deeds, "bench", device, bench)
    yield Scenario("check (it asks)", deeds.app, lambda: scan(2500))
    yield Scenario("redeem", deeds.app, lambda: scan(None))


def _page(
    of: BenchClub, name: str, browser: Browser, path: str, *, gate: float | None = None, most: int = 10
) -> Scenario:
    return Scenario(name, of.app, lambda: browser.opens(path), gate, most)
