"""A member of the demo club with codes of her own, and what her phone keeps of them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from portal.core.claims import claiming, claims
from portal.core.claims.claiming import Asked
from portal.core.club.accounts import Account
from portal.core.club.sign_ins import Face
from portal.core.codes import store as codes
from portal.core.redeeming import scanning
from portal.web import keys
from tests import build
from tests.browser.stage import Stage

_number = count(1)
KEPT = """async () => {
  const names = await caches.keys();
  const held = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys())));
  const paths = held.flat().map((one) => new URL(one.url).pathname);
  return paths.filter((path) => path.startsWith("/wallet")).sort();
}"""
REGISTERED = "async () => (await navigator.serviceWorker.getRegistrations()).length"


@dataclass(frozen=True)
class Held:
    """One claim of hers."""

    id: int
    reference: str
    code: str

    @property
    def path(self) -> str:
        return f"/wallet/{self.reference}"

    @property
    def pages(self) -> list[str]:
        return [self.path, f"{self.path}/full-screen"]


class Keeper:
    """The member, at one page of her browser."""

    def __init__(self, stage: Stage, page: Page) -> None:
        self.stage, self.page = stage, page
        self.email = f"keeper-{next(_number)}@example.com"
        with Session(stage.engine) as session:
            now = datetime.now(UTC)
            account = Account(email=self.email, name="Keeper", opened_at=now)
            session.add(account)
            session.flush()
            self.member_id = build.a_member(session, "Keeper", account_id=account.id).id
            session.commit()
        stage.enter(page, self.email, Face.MEMBER)

    def holds(self, title: str = "Cinnamon bun", *, lasts: timedelta | None = None, **terms: Any) -> Held:
        """A claim of hers; one that `lasts` ends after that time, whatever its offer says."""
        keyring, now = self.stage.app.extensions["keyring"], datetime.now(UTC)
        with Session(self.stage.engine, expire_on_commit=False) as session:
            offer = build.an_offer(session, title, **terms)
            asked = Asked(self.member_id, offer.id, f"keeper-{offer.id}")
            reference = claiming.claim_offer(session, keyring, asked, now=now, chance=keys.CHANCE)
            claim = claims.find(session, self.member_id, reference)
            assert claim is not None
            if lasts:
                claim.expires_at = now + lasts
            held = Held(claim.id, reference, codes.shown(session, keyring, claim.id, reference))
            session.commit()
        return held

    def is_served(self, held: Held) -> None:
        """Somebody scans her code at a till."""
        keyring, now = self.stage.app.extensions["keyring"], datetime.now(UTC)
        with Session(self.stage.engine) as session:
            place = build.a_place(session)
            key = f"tap-{held.reference}"
            scanning.scan(session, keyring, held.code, place, key=key, now=now, acting_since=None)
            session.commit()

    def opens(self, path: str) -> None:
        self.page.goto(self.stage.url + path)

    def turns_on(self) -> None:
        self.opens("/wallet")
        self.page.get_by_role("button", name="Keep my codes on this phone").click()
        expect(self.page.get_by_text("Your codes are saved on this phone.")).to_be_visible()

    def turns_off(self) -> None:
        self.opens("/wallet")
        self.page.get_by_role("button", name="Keep my codes on this phone").click()
        expect(self.page.get_by_role("button", name="Keep my codes on this phone")).to_have_attribute(
            "aria-pressed", "false"
        )

    def goes_offline(self, offline: bool = True) -> None:
        self.page.context.set_offline(offline)

    def keeps(self) -> list[str]:
        """The pages that lie in the browser's own store."""
        found: list[str] = self.page.evaluate(KEPT)
        return found

    def sees_code(self, held: Held) -> None:
        groups = self.page.locator("#code span[aria-hidden=true]")
        expect(groups).to_have_text([held.code[:4], held.code[4:8], held.code[8:]])
