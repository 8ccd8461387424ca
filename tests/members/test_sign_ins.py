"""A member sees where they are signed in, and signs out on a device that is not at hand."""

import os

import pytest

from portal.core.club import sign_ins as core_sign_ins
from portal.core.club.sign_ins import Face, SignIn
from portal.members import sign_ins

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Safari/537"
)


@pytest.fixture
def phone(ada):
    """Ada's phone, signed in as well: its sign-in and its token."""

    def signed_in(account_id=ada.member.account_id, face=Face.MEMBER):
        token = core_sign_ins.begin(
            ada.session, face, account_id, now=ada.clock(), entropy=os.urandom, device=PHONE
        )
        ada.session.commit()
        return ada.session.query(SignIn).order_by(SignIn.id.desc()).first().id, token

    return signed_in


def test_the_list_says_which_is_this_one(ada, phone):
    phone()
    page = ada.opens("/account/sign-ins")
    rows = [item.text for item in page.all("li") if "Since: Today, 12pm" in item.text]
    assert ["Chrome on Android" in rows[0], "This device" in rows[0]] == [True, False]
    assert ["This device" in rows[1], "Sign out there" in rows[1]] == [True, False]


def test_signing_out_there_ends_only_that_one(ada, phone):
    number, token = phone()
    page = ada.opens("/account/sign-ins")
    [form] = [form for form in page.all("form") if "Sign out there" in form.text]
    said = ada.presses(form)
    other = ada.app.test_client()
    other.set_cookie("member", token)
    assert (other.get("/offers").status_code, ada.status, "Signed out there." in said.text) == (
        303,
        200,
        True,
    )
    assert f"/account/sign-ins/{number}/end" not in ada.answer.text


def test_nobody_ends_what_is_not_theirs(ada, phone, app, session, clock):
    eve = type(ada)(app, session, clock).join(name="Eve")
    number, _ = phone(eve.member.account_id)
    staff, _ = phone(face=Face.STAFF)
    phone()
    ada.opens("/account/sign-ins")
    token = ada.answer.text.split('name="csrf_token" value="')[1].split('"')[0]
    ends = [
        ada.client.post(f"/account/sign-ins/{one}/end", data={"csrf_token": token}).status_code
        for one in (number, staff, 99999)
    ]
    assert ends == [404, 404, 404]
    assert f"/{number}/" not in ada.answer.text


@pytest.mark.parametrize(
    "told, words",
    [
        (PHONE, "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/128 Safari/604", "Chrome on iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Version/17 Safari/605", "Safari on Mac"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/128 Safari/537 Edg/128", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130) Gecko/20100101 Firefox/130", "Firefox on Linux"),
        ("curl/8", "A device that does not say what it is"),
        (None, "A device that does not say what it is"),
    ],
)
def test_a_device_in_words(told, words):
    assert sign_ins.device_words(told) == words
