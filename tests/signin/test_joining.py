"""Joining: the address is proved, terms and being written to are kept apart, the offer is in the wallet."""

import pytest

from portal.config import Mode
from portal.core.claims.claims import Claim
from portal.core.club import consents
from portal.core.club.accounts import Account
from portal.core.club.cards import Card
from portal.core.club.consents import Consent, ConsentGiven, holding
from portal.core.club.joining import Joining
from portal.core.club.members import Member
from portal.core.offers import stock
from portal.core.points.balances import Balance
from portal.core.reading import audit
from portal.web import keys
from portal.worker import sweep
from tests import build
from tests.plumbing import post as mails
from tests.plumbing.clock import NOON
from tests.plumbing.visitor import Visitor

BEA = {"name": "Bea Marsh", "email": "Bea@example.com", "terms": "y"}


@pytest.fixture
def coffee(session):
    offer = build.an_offer(session, slug="coffee")
    build.a_tier(session, "bronze", 0)
    session.commit()
    return offer


def join(visitor, **more):
    return visitor.post("/join", BEA | more)


def finish(visitor, post):
    return visitor.post("/sign-in/code", {"digits": mails.digits(post.one())})


def test_from_a_poster_to_that_offers_code_in_one_go(visitor, post, coffee, session):
    page = visitor.get("/join?offer=coffee&from=poster").text
    assert ("Join and get: Free coffee" in page, "Free for members" in page) == (True, True)
    join(visitor, offer="coffee", seen="1", **{"from": "poster"})
    assert session.query(Member).count() == 0
    session.rollback()
    answer = finish(visitor, post)
    claim = session.query(Claim).one()
    assert answer.location == f"/wallet/{claim.reference}"
    assert "Free coffee" in visitor.get(answer.location).text


def test_who_joins_has_an_account_a_tier_a_balance_and_a_card(visitor, post, coffee, session, app):
    join(visitor)
    assert finish(visitor, post).location == "/offers"
    account, member, card = (
        session.query(Account).one(),
        session.query(Member).one(),
        session.query(Card).one(),
    )
    assert (account.email, member.name, member.account_id) == ("bea@example.com", "Bea Marsh", account.id)
    assert (session.query(Balance).one().balance, member.tier_id is None, len(card.number)) == (0, False, 13)
    with app.app_context():
        assert list(audit.breaches(session, keys.keyring())) == []


@pytest.mark.parametrize("ticked", [True, False])
def test_terms_and_being_written_to_are_kept_apart(visitor, post, session, clock, ticked):
    join(visitor, **{"from": "poster", **({"marketing": "y"} if ticked else {})})
    finish(visitor, post)
    member_id = session.query(Member.id).scalar()
    kept = [one for kind in Consent if (one := holding(session, member_id, kind))]
    assert [(one.kind, one.version, one.given) for one in kept] == [
        ("terms", "1", True),
        ("marketing", None, ticked),
    ]
    assert {(one.source, one.happened_at) for one in kept} == {("poster", clock())}


def test_a_change_of_mind_is_a_new_row(session):
    ada = build.a_member(session)
    for given in (True, False):
        consents.record(session, ada.id, Consent.MARKETING, given=given, source="account", now=NOON)
    held = holding(session, ada.id, Consent.MARKETING)
    assert held is not None
    assert held.given is False
    assert session.query(ConsentGiven).count() == 2


@pytest.mark.parametrize("left_out", ["name", "email", "terms"])
def test_what_is_missing_is_listed_and_nothing_is_kept(visitor, session, left_out):
    answer = visitor.post(
        "/join", {**BEA, left_out: ""} if left_out != "terms" else dict(list(BEA.items())[:2])
    )
    assert (answer.status_code, f'href="#{left_out}"' in answer.text) == (422, True)
    assert session.query(Joining).count() == 0


@pytest.mark.parametrize("typed", ["bea", "bea@", "bea@example", "a b@example.com", "x@y.z\r\nBcc: z@y.x"])
def test_what_cannot_be_an_address_is_said(visitor, typed):
    answer = join(visitor, email=typed)
    assert "Enter an email address like name@example.com" in answer.text


def test_an_address_that_is_a_members_reads_the_same_and_gets_a_way_in(visitor, ada, post, session, coffee):
    fresh, known = (
        join(visitor),
        join(visitor, email="ada@example.com", name="Thief", offer="coffee", seen="1"),
    )
    assert (fresh.status_code, fresh.location) == (known.status_code, known.location)
    mail = post.deliver()[-1]
    assert (mail["To"], mail["Subject"]) == ("ada@example.com", "You are a member of My club already")
    assert ("Hello Ada," in mails.text(mail), "Thief" in mail.as_string()) == (True, False)
    visitor.post("/sign-in/code", {"digits": mails.digits(mail)})
    assert session.query(Claim).one().member_id == session.query(Member.id).scalar()
    assert (session.query(Member).one().name, session.query(ConsentGiven).count()) == ("Ada", 0)


def test_nobody_can_put_words_of_theirs_into_a_mail_to_somebody_else(visitor, post):
    join(visitor, name="Visit evil.example now")
    mail = post.one()
    assert [word in mails.text(mail) + mails.html(mail) for word in ("evil", "Hello,")] == [False, True]


def test_staff_may_join_with_the_account_they_have(visitor, ona, post, session):
    join(visitor, email="ona@example.com", name="Ona")
    assert finish(visitor, post).location == "/offers"
    assert (session.query(Account).count(), session.query(Member).one().account_id) == (1, ona.id)


def test_an_address_that_the_club_has_closed_gets_nothing(visitor, ada, post, session, clock):
    ada.closed_at = clock()
    session.commit()
    assert (join(visitor, email="ada@example.com").status_code, post.deliver()) == (303, [])


def test_the_link_joins_on_another_device(visitor, post, coffee, app, session):
    join(visitor, offer="coffee", seen="1")
    path, phone = mails.link(post.one()), Visitor(app)
    assert "Join on this device?" in phone.get(path).text
    assert session.query(Member).count() == 0
    assert phone.post(path).location.startswith("/wallet/")


def test_joining_twice_makes_one_member(visitor, post, session):
    join(visitor)
    join(visitor)
    first, second = post.deliver()
    for mail in (first, second):
        visitor.post("/sign-in/code", {"digits": mails.digits(mail)})
    assert (session.query(Member).count(), session.query(Card).count()) == (1, 1)


@pytest.mark.parametrize(
    "change, lands", [({"stock": 0}, "/offers/coffee"), ({"version": 2, "points_cost": 5}, "/offers/coffee")]
)
def test_an_offer_that_is_not_to_be_had_any_more_says_so_on_its_page(
    visitor, post, coffee, session, change, lands
):
    join(visitor, offer="coffee", seen="1")
    for name, value in change.items():
        setattr(coffee, name, value)
    if "stock" in change:
        stock.set_total(session, coffee.id, 0, lambda: 0)
    session.commit()
    answer = finish(visitor, post)
    assert (answer.location, visitor.get(lands).status_code) == (lands, 200)
    assert (session.query(Claim).count(), session.query(Member).count()) == (0, 1)


@pytest.mark.parametrize("costs", ["points", "a tier"])
def test_an_offer_that_takes_more_than_joining_is_shown_and_not_claimed(visitor, post, session, costs):
    build.a_tier(session, "bronze", 0)
    gold = build.a_tier(session, "gold", 2, 1500)
    build.an_offer(
        session,
        slug="cake",
        points_cost=150 if costs == "points" else 0,
        minimum_tier_id=gold.id if costs == "a tier" else None,
    )
    session.commit()
    page = visitor.get("/join?offer=cake").text
    assert ("“Free coffee” says what it takes to have it" in page, 'name="seen"' in page) == (True, False)
    join(visitor, offer="cake")
    assert finish(visitor, post).location == "/offers/cake"


@pytest.mark.parametrize("slug", ["nothing", "draft"])
def test_an_offer_that_is_not_there_leaves_plain_joining(visitor, session, slug):
    build.an_offer(session, slug="draft", status="draft")
    session.commit()
    assert "Join My club" in visitor.get(f"/join?offer={slug}").text


def test_a_member_goes_straight_to_the_offer(visitor, ada, coffee, post):
    visitor.post("/sign-in/mail", {"email": "ada@example.com"})
    finish(visitor, post)
    assert visitor.get("/join?offer=coffee").location == "/offers/coffee"


def test_what_was_typed_by_who_never_came_back_is_forgotten(visitor, session, clock):
    join(visitor)
    clock.forward(days=1)
    sweep.once(session, clock())
    assert session.query(Joining).count() == 1
    session.rollback()
    clock.forward(days=1, hours=2)
    sweep.once(session, clock())
    assert session.query(Joining).count() == 0


def test_a_club_without_mail_offers_no_way_in_by_mail(visitor, app):
    app.config["PORTAL"] = app.config["PORTAL"].model_copy(update={"mode": Mode.PRODUCTION})
    pages = [visitor.get(path) for path in ("/join", "/sign-in/mail")]
    assert [("This club sends no mail yet" in page.text, page.status_code) for page in pages] == [
        (True, 404)
    ] * 2
    assert "/sign-in/mail" not in visitor.get("/sign-in").text


def test_the_terms_can_be_read(visitor, app):
    assert "Version 1" in visitor.get("/terms").text
    settings = app.config["PORTAL"].model_copy(update={"terms_url": "https://club.example/terms"})
    app.config["PORTAL"] = settings
    assert visitor.get("/terms").location == "https://club.example/terms"
