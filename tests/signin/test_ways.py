"""After signing in people land on a page of the same face, whatever somebody put into the address."""

import random

import pytest

from portal.core.club.sign_ins import Face
from portal.signin import ways
from tests.signin.typed import right

HOSTILE = [
    *(
        "//h",
        "///h",
        "////h",
        "/\\h",
        "/\t/h",
        "/\r/h",
        "/\n/h",
        " //h",
        "\x01//h",
        "/%09/h",
        "/%2f/h",
        "/%5ch",
    ),
    *("https:h", "https:/h", "https:///h", "https://h/offers", "javascript:alert(1)", "//h@x", "/x?//h"),
    *(
        "//h/offers",
        "/\\h/offers",
        "/%2f%2fh",
        "/offers/../..//h",
        "h",
        "",
        "?",
        "#",
        "/#//h",
        "data:text/html,x",
    ),
    *(
        "/offers\\",
        "/off\ters",
        "/offers\r\nSet-Cookie: a=b",
        "/offers%0d%0aSet-Cookie:a=b",
        "\ufeff//h",
        "/\u2028/h",
    ),
]
PIECES = [
    "/",
    "\\",
    "\t",
    "\r",
    "\n",
    " ",
    "\x01",
    "%09",
    "%2f",
    "%5c",
    "https:",
    "h",
    "@",
    "?",
    "#",
    ".",
    ":",
    "x",
]


@pytest.mark.parametrize("asked", HOSTILE)
def test_a_hostile_way_leads_home(app, asked):
    with app.test_request_context():
        assert ways.onward(Face.MEMBER, asked) == "/offers"


def test_a_thousand_made_up_ways_lead_home_or_to_a_page_of_the_face(app):
    chance = random.Random(1)
    asked = ["".join(chance.choices(PIECES, k=chance.randint(1, 8))) for _ in range(1000)]
    with app.test_request_context():
        led = {ways.onward(Face.MEMBER, one) for one in asked}
    assert {way.partition("?")[0] for way in led} <= {"/offers", "/"}


@pytest.mark.parametrize(
    "asked", ["/wallet", "/offers?show=ready&q=a+b", "/offers/free-coffee", "/wallet/KRTBFLNX"]
)
def test_a_page_of_the_face_is_gone_back_to(app, asked):
    with app.test_request_context():
        assert ways.onward(Face.MEMBER, asked) == asked


@pytest.mark.parametrize(
    "asked", ["/counter", "/staff/sign-in", "/healthz", "/sign-in", "/favicon.svg", "/sign-out"]
)
def test_pages_of_other_faces_are_not_gone_to(app, asked):
    with app.test_request_context():
        assert ways.onward(Face.MEMBER, asked) == "/offers"


def test_the_counter_has_ways_of_its_own(app):
    with app.test_request_context():
        led = [ways.onward(Face.STAFF, asked) for asked in ("/counter/3", "/wallet", "//h")]
    assert led == ["/counter/3", "/counter", "/counter"]


def test_names_that_url_building_knows_stay_plain_words(app):
    with app.test_request_context():
        asked = "/offers?_external=1&_scheme=javascript&_anchor=x&slug=y"
        assert ways.onward(Face.MEMBER, asked) == asked


def test_the_way_is_carried_through_the_form(visitor, ada):
    asked = visitor.get("/wallet?show=used").location
    page = visitor.get(asked).text
    assert 'name="next" value="/wallet?show=used"' in page
    answer = visitor.post("/sign-in", right("ada", next="/wallet?show=used"))
    assert answer.location == "/wallet?show=used"


def test_the_way_survives_a_wrong_password(visitor, ada):
    page = visitor.post("/sign-in", right("ada", password="wrong", next="/wallet")).text
    assert 'name="next" value="/wallet"' in page


def test_a_hostile_way_through_the_form_leads_home(visitor, ada):
    assert visitor.post("/sign-in", right("ada", next="//evil.example/offers")).location == "/offers"


def test_a_part_that_meets_nobody_sends_the_page_to_sign_in_and_back(visitor):
    here = {"HX_Request": "true", "HX_Current_URL": "http://localhost/wallet?show=used"}
    answer = visitor.get("/wallet/KRTBFLNX/state", **here)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in?next=/wallet?show%3Dused")


def test_a_post_that_meets_nobody_keeps_what_was_typed(visitor):
    answer = visitor.post("/offers/free-coffee/claims", HX_Request="true")
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (401, "#alarm")
    assert "Please sign in again. We kept what you typed." in answer.text
