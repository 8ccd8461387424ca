"""What the mails say, and what they never say."""

import pytest

from portal.core.claims import releases
from portal.core.club import members
from portal.core.offers.offers import CodeMode
from portal.web import keys, unsubscribing
from portal.worker import reminding
from tests import build
from tests.plumbing import post as mails
from tests.plumbing.visitor import Visitor


def test_a_claim_is_confirmed_by_mail_with_a_link_to_it(claimed, post):
    claim = claimed()
    mail = post.one()
    assert (mail["To"], mail["Subject"]) == ("ada@example.com", "Free coffee is in your wallet")
    assert mails.link(mail) == f"/wallet/{claim.reference}"
    assert "Use by Friday 10 July 2026, 11:59pm Vilnius time" in mails.text(mail)
    assert mail["List-Unsubscribe"] is None


def test_the_confirmation_holds_no_code(claimed, post, session):
    code = build.code_of(session, claimed())
    mail = post.one()
    whole = "".join(letter for letter in mail.as_string() + mails.text(mail) + mails.html(mail))
    assert [part for part in (code, code[:4], code[8:]) if part in whole.upper()] == []


@pytest.mark.parametrize("what", ["given back", "expired", "a day late"])
def test_what_is_over_is_not_confirmed(claimed, post, clock, session, what):
    claim = claimed(valid_days=None if what == "a day late" else 1)
    if what == "given back":
        releases.give_back(session, claim.member_id, claim.reference, now=clock())
        session.commit()
    else:
        clock.forward(days=3)
    assert post.deliver() == []


def test_a_free_play_is_not_confirmed(claimed, post):
    claimed(code_mode=CodeMode.NONE)
    assert post.deliver() == []


def test_who_has_no_address_gets_no_mail(app, session, post, clock):
    build.claim(session, build.a_member(session), build.an_offer(session), now=clock())
    session.commit()
    assert post.deliver() == []


def test_a_title_cannot_forge_a_header(claimed, post):
    claimed("Tea\r\nBcc: everybody@example.com")
    mail = post.one()
    assert (mail["Bcc"], mail["Subject"]) == (None, "Tea Bcc: everybody@example.com is in your wallet")


def test_a_reminder_can_be_ended_with_one_press(claimed, post, session, clock, app, ada):
    claimed()
    clock.forward(days=24)
    reminding.once(session, clock())
    reminder = post.deliver()[-1]
    off = reminder["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert reminder["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Stop reminding you" in Visitor(app).get(off).text
    pressed = app.test_client().post(off, data={"List-Unsubscribe": "One-Click"})
    session.refresh(ada)
    assert (pressed.status_code, ada.reminders) == (200, False)


def test_looking_at_that_link_ends_nothing(app, ada, session):
    with app.app_context():
        mark = unsubscribing.mark(keys.keyring(), ada.id)
    assert Visitor(app).get(f"/reminders/{mark}/off").status_code == 200
    session.refresh(ada)
    assert ada.reminders is True


@pytest.mark.parametrize("mark", ["1-made-up", "1", "x-y", "99999999999999999999-0", "1-" + "0" * 32])
def test_a_made_up_mark_ends_nothing(app, ada, mark):
    assert Visitor(app).get(f"/reminders/{mark}/off").status_code == 404


def test_both_reminders_are_sent_and_say_when(claimed, post, session, clock):
    claimed(valid_days=30)
    post.deliver()
    said = []
    for days in (24, 5):
        clock.forward(days=days)
        reminding.once(session, clock())
        said += post.deliver()
    assert ["Use by Friday 10 July 2026, 11:59pm" in mails.text(mail) for mail in said] == [True, True]


def test_a_reminder_that_is_late_is_not_sent_at_night(claimed, post, session, clock, outbox):
    claimed()
    post.deliver()
    clock.forward(days=24)
    reminding.once(session, clock())
    clock.forward(hours=9)
    assert (post.deliver(), outbox()[-1].attempts) == ([], 0)
    clock.forward(hours=12)
    assert len(post.deliver()) == 1


@pytest.mark.parametrize("change", ["used", "muted", "closed"])
def test_a_reminder_that_is_of_no_use_any_more_is_not_sent(claimed, post, session, clock, ada, change):
    claim = claimed()
    post.deliver()
    clock.forward(days=24)
    reminding.once(session, clock())
    if change == "used":
        claim.state, claim.closed_reason, claim.uses_left = "closed", "redeemed", 0
    elif change == "muted":
        members.set_reminders(session, ada.id, on=False)
    else:
        clock.forward(days=7)
    session.commit()
    assert post.deliver() == []
