"""A member signs in by mail: by the digits in the browser that asked, or by the link anywhere, once."""

from datetime import timedelta

import pytest

from portal.core.club import proofs
from portal.core.club.links import MailCode
from tests.plumbing import post as mails
from tests.plumbing.visitor import Visitor

NO_MATCH = "Those digits don’t match, or their time is over."
SPENT = "This link has been used, or its time is over"


def ask(visitor, name="ada", **more):
    return visitor.post("/sign-in/mail", {"email": f"{name}@example.com", **more})


def type_in(visitor, digits, **more):
    return visitor.post("/sign-in/code", {"digits": digits, **more})


def wrong(digits):
    return f"{(int(digits.replace(' ', '')) + 1) % 10**6:06d}"


def test_from_asking_to_signed_in_by_digits(visitor, ada, post):
    assert ask(visitor).location == "/sign-in/code"
    mail = post.one()
    assert mail["To"] == "ada@example.com"
    answer = type_in(visitor, mails.digits(mail))
    assert (answer.status_code, answer.location) == (303, "/offers")
    assert (visitor.get("/offers").status_code, visitor.cookie("proof")) == (200, None)


def test_from_asking_to_signed_in_by_link_on_another_device(visitor, ada, post, app, rows):
    ask(visitor)
    path, phone = mails.link(post.one()), Visitor(app)
    assert "Sign in on this device?" in phone.get(path).text
    assert rows() == []
    assert phone.post(path).location == "/offers"
    assert (phone.get("/offers").status_code, visitor.get("/offers").status_code) == (200, 303)


def test_it_goes_on_to_the_page_that_was_wanted(visitor, ada, post):
    assert ask(visitor, next="/wallet").location == "/sign-in/code?next=/wallet"
    assert type_in(visitor, mails.digits(post.one()), next="/wallet").location == "/wallet"


@pytest.mark.parametrize("name", ["nobody", "ona", "closed"])
def test_an_address_that_is_no_members_reads_the_same_and_gets_nothing(
    visitor, ada, ona, account, session, clock, post, name
):
    account("Closed", member=True).closed_at = clock()
    session.commit()
    known, other = ask(visitor), ask(visitor, name)
    assert (known.status_code, known.location) == (other.status_code, other.location)
    assert [mail["To"] for mail in post.deliver()] == ["ada@example.com"]


@pytest.mark.parametrize("typed", ["123", "", "abcdef", "1234567"])
def test_what_cannot_be_digits_of_ours_is_said_by_the_field(visitor, ada, typed):
    ask(visitor)
    answer = type_in(visitor, typed)
    assert (answer.status_code, answer.text.count("Enter the 6 digits from the mail")) == (422, 2)


def test_five_wrong_tries_are_all(visitor, ada, post):
    ask(visitor)
    right = mails.digits(post.one())
    answers = [type_in(visitor, wrong(right)) for _ in range(5)]
    assert [(answer.status_code, NO_MATCH in answer.text) for answer in answers] == [(422, True)] * 5
    late = type_in(visitor, right)
    assert (late.status_code, NO_MATCH in late.text) == (422, True)


def test_a_wrong_try_does_not_spoil_the_right_one(visitor, ada, post):
    ask(visitor)
    right = mails.digits(post.one())
    assert [type_in(visitor, typed).status_code for typed in (wrong(right), right)] == [422, 303]


def test_digits_work_only_where_they_were_asked_for(visitor, ada, post, app):
    ask(visitor)
    right, thief = mails.digits(post.one()), Visitor(app)
    assert type_in(thief, right).location == "/sign-in/mail"
    ask(thief, "nobody")
    assert (type_in(thief, right).status_code, type_in(visitor, right).status_code) == (422, 303)


def test_digits_last_ten_minutes_and_the_link_an_hour(visitor, ada, post, clock):
    ask(visitor)
    mail = post.one()
    clock.forward(minutes=10)
    visitor.client.set_cookie("proof", visitor.cookie("proof") or "")
    assert type_in(visitor, mails.digits(mail)).status_code in (303, 422)
    assert visitor.cookie("member") is None
    clock.forward(minutes=50, seconds=-1)
    assert visitor.get(mails.link(mail)).status_code == 200
    clock.forward(seconds=1)
    assert SPENT in visitor.get(mails.link(mail)).text


@pytest.mark.parametrize("first", ["digits", "link"])
def test_either_uses_up_both(visitor, ada, post, app, first):
    ask(visitor)
    mail, other = post.one(), Visitor(app)
    other.client.set_cookie("proof", visitor.cookie("proof"))
    if first == "digits":
        assert type_in(other, mails.digits(mail)).status_code == 303
    else:
        assert other.post(mails.link(mail)).status_code == 303
    assert visitor.post(mails.link(mail)).status_code == 410
    assert type_in(visitor, mails.digits(mail)).status_code == 422


def test_who_asks_twice_may_use_either_mail(visitor, ada, post):
    ask(visitor)
    first = post.one()
    ask(visitor)
    post.one()
    assert type_in(visitor, mails.digits(first)).status_code == 303


def test_the_sixth_mail_in_ten_minutes_must_wait(visitor, ada, post, clock):
    assert [ask(visitor).status_code for _ in range(6)] == [303] * 5 + [429]
    assert len(post.deliver()) == 5
    clock.forward(minutes=10)
    assert ask(visitor).status_code == 303


def test_a_mail_that_is_late_by_more_than_the_link_lasts_is_not_sent(visitor, ada, post, clock):
    ask(visitor)
    clock.forward(hours=1)
    assert post.deliver() == []


def test_the_database_holds_neither_digits_nor_link(visitor, ada, post, session, everything):
    ask(visitor)
    mail = post.one()
    kept = everything()
    token = mails.link(mail).rpartition("/")[2]
    found = [secret for secret in (mails.digits(mail).replace(" ", ""), token) if secret in kept]
    assert (found, len(token), "sign_in" in kept) == ([], 64, True)
    [code] = session.query(MailCode)
    assert code.ends_at - code.made_at == proofs.LINK_LASTS == timedelta(hours=1)
