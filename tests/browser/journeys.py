"""The journeys that members and staff must be able to make, whatever their browser and hands can do."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from portal.core.club import accounts, fields, members
from portal.core.club.fields import FieldKind
from portal.core.club.sign_ins import Face
from portal.town.people import PASSWORD
from portal.web import unsubscribing
from tests.browser.hands import Hands
from tests.browser.stage import Stage
from tests.browser.test_by_mail import newest_digits

Journey = Callable[[Stage, Hands], None]
MEMBER, STAFF, PIN = "bronze@example.com", "staff@example.com", "2468"


def signs_in_and_out(stage: Stage, hands: Hands) -> None:
    hands.open("/sign-in")
    hands.fill("Email address", MEMBER)
    hands.fill("Password", PASSWORD)
    hands.press("Sign in")
    hands.sees("Ready to claim")
    hands.open("/account")
    hands.press("Sign out")
    hands.sees("Password")


def speaks_another_language(stage: Stage, hands: Hands) -> None:
    hands.open("/sign-in")
    hands.press("Lietuvių")
    hands.page.locator("html[lang=lt]").wait_for()
    hands.press("English")
    hands.sees("Password")


def signs_in_by_mail(stage: Stage, hands: Hands) -> None:
    hands.open("/sign-in/mail")
    hands.fill("Email address", MEMBER)
    hands.press("Mail me a way in")
    hands.sees("Look at your mail")
    digits = newest_digits(stage, hands.page.context.new_page())
    hands.fill("The six digits", digits)
    hands.press("Carry on")
    hands.sees("Ready to claim")


def joins_by_a_link(stage: Stage, hands: Hands) -> None:
    hands.open("/join")
    hands.fill("Your name", "Bea Marsh")
    hands.fill("Email address", f"bea-{datetime.now(UTC).timestamp()}@example.com")
    hands.tick("I accept the")
    hands.press("Join")
    hands.sees("Look at your mail")
    hands.open("/demo/mail")
    link = hands.page.get_by_role("link", name="Open its link").first.get_attribute("href") or ""
    hands.open("/sign-in/link/" + link.rpartition("/")[2])
    hands.press("Join")
    hands.sees("Ready to claim")


def stops_the_reminders(stage: Stage, hands: Hands) -> None:
    with Session(stage.engine) as session:
        account = accounts.by_email(session, MEMBER)
        member = members.of_account(session, account.id) if account else None
    assert member is not None
    hands.open(f"/reminders/{unsubscribing.mark(stage.app.extensions['keyring'], member.id)}/off")
    hands.press("No more reminders")
    hands.sees("You can turn them on again")


def looks_after_the_account(stage: Stage, hands: Hands) -> None:
    with Session(stage.engine) as session:
        if not any(field.key == "town" for field in fields.declared(session)):
            fields.declare(session, "town", "Town", FieldKind.TEXT, purpose="So that offers fit.")
            session.commit()
    hands.open(stage.link(MEMBER, Face.MEMBER))
    hands.press("Sign in")
    hands.sees("Ready to claim")
    hands.open("/account")
    hands.fill("Your name", "Bronze Demo")
    hands.press("Save settings")
    hands.sees("Saved.")
    hands.fill("Town", "Nida")
    hands.press("Save about you")
    hands.sees("Saved.")
    hands.open("/account/sign-ins")
    hands.press("Sign out there")
    hands.sees("Where you are signed in")


def claims_and_gives_back(stage: Stage, hands: Hands) -> None:
    hands.open(stage.link(MEMBER, Face.MEMBER))
    hands.press("Sign in")
    hands.sees("Ready to claim")
    hands.open("/offers/signup-five")
    hands.press("Claim")
    hands.sees("Claimed")
    hands.open("/wallet")
    hands.follow("€5 off Earn €5 on signup")
    hands.sees("How to use it")
    hands.follow("QR code")
    hands.sees("Hard to scan?")
    hands.follow("Close")
    hands.follow("Give it back")
    hands.press("Give it back")
    hands.sees("Given back")


def opens_and_locks_a_till(stage: Stage, hands: Hands) -> None:
    hands.open("/staff/sign-in")
    hands.fill("Email address", STAFF)
    hands.fill("Password", PASSWORD)
    hands.press("Sign in")
    _at_the_till(hands)
    hands.press("Lock this till")
    hands.sees("Enter your PIN")
    hands.follow("Another till")
    hands.press("Sign this device out")
    hands.sees("Once for this device")


def asks_leaves_redeems_and_undoes(stage: Stage, hands: Hands) -> None:
    code = stage.code(minimum_purchase=2500)
    hands.open(stage.link(STAFF, Face.STAFF))
    hands.press("Sign in")
    _at_the_till(hands)
    for answer, then in (("No, leave it", "They keep the code"), ("Yes, redeem", "Redeemed")):
        hands.fill("Scan or type the next code", code)
        hands.press("Check")
        hands.sees("Is the basket €25 or more?")
        hands.press(answer)
        hands.sees(then)
    hands.press("Undo")
    hands.sees("The code works again")


def undoes_under_today(stage: Stage, hands: Hands) -> None:
    hands.open(stage.link(STAFF, Face.STAFF))
    hands.press("Sign in")
    _at_the_till(hands)
    hands.fill("Scan or type the next code", stage.code())
    hands.press("Check")
    hands.sees("Redeemed")
    hands.follow("Today")
    hands.press("Undo: wrong code")
    hands.sees("The code works again")


def uses_one_alone(stage: Stage, hands: Hands) -> None:
    _enters(stage, hands, MEMBER)
    hands.open("/use/pier")
    hands.press("Use it now")
    hands.sees("Active until")


def hands_one_over(stage: Stage, hands: Hands) -> None:
    ref = stage.held(MEMBER, reassignable=True)
    for answer in ("keep", "No, thank you", "Accept"):
        _enters(stage, hands, MEMBER)
        hands.open(f"/wallet/{ref}/handover")
        hands.fill("Their email address or card number", "gold@example.com")
        hands.press("Offer it")
        hands.sees("Your code works until they do")
        if answer == "keep":
            hands.press("Take it back")
            hands.sees("How to use it")
            continue
        address = hands.page.locator("a[href*='/handovers/']").get_attribute("href") or ""
        _enters(stage, hands, "gold@example.com")
        hands.open(address)
        hands.press(answer)
        hands.sees("How to use it" if answer == "Accept" else "Your codes")


def keeps_one_for_longer(stage: Stage, hands: Hands) -> None:
    hands.open(f"/extend/{stage.extension(stage.held(MEMBER, extend_days=7))}")
    hands.press("Keep it for longer")
    hands.sees("Yours for longer")


def _enters(stage: Stage, hands: Hands, who: str) -> None:
    hands.open(stage.link(who, Face.MEMBER))
    hands.press("Sign in")
    hands.sees("Ready to claim")


def takes_parts_at_the_till(stage: Stage, hands: Hands) -> None:
    hands.open(stage.link(STAFF, Face.STAFF))
    hands.press("Sign in")
    _at_the_till(hands)
    hands.fill("Scan or type the next code", stage.code(benefit_kind="stored_value", benefit_value=2000))
    hands.press("Check")
    hands.sees("How much do they use?")
    hands.fill("Sum", "5.50")
    hands.press("Redeem this sum")
    hands.sees("Take €5.50 off")
    hands.fill("Scan or type the next code", stage.code(uses_per_claim=5))
    hands.press("Check")
    hands.fill("How many more?", "3")
    hands.press("Redeem more")
    hands.sees("3 times: give")


def _at_the_till(hands: Hands) -> None:
    hands.press("Till 1")
    hands.fill("PIN", PIN)
    hands.press("Start")
    hands.sees("Scan a code")


ALL: tuple[Journey, ...] = (
    signs_in_and_out,
    speaks_another_language,
    signs_in_by_mail,
    joins_by_a_link,
    stops_the_reminders,
    looks_after_the_account,
    claims_and_gives_back,
    opens_and_locks_a_till,
    asks_leaves_redeems_and_undoes,
    takes_parts_at_the_till,
    undoes_under_today,
    uses_one_alone,
    hands_one_over,
    keeps_one_for_longer,
)
