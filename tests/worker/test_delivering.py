"""Delivery: each message goes out once, trouble waits its turn, and a crash loses nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.core.records import outbox as core_outbox
from portal.core.records.outbox import Message
from portal.worker import delivering
from tests import build

WAIT = delivering.LEASE


@pytest.fixture
def many(app, ada, session, clock):
    """Confirmations of a number of claims."""

    def claimed(number):
        for _ in range(number):
            build.claim(session, ada, build.an_offer(session), now=clock())
        session.commit()

    return claimed


def test_a_message_is_sent_once(many, post, outbox):
    many(1)
    assert (len(post.deliver()), post.deliver()) == (1, [])
    assert [one.sent_at is None for one in outbox()] == [False]


def test_a_batch_goes_over_one_connection(many, post):
    many(5)
    assert (len(post.deliver()), post.box.connections) == (5, 1)


def test_two_workers_at_once_send_each_once(many, post, app):
    many(30)
    with ThreadPoolExecutor(2) as workers:
        jobs = [workers.submit(lambda: [delivering.once(app) for _ in range(4)]) for _ in range(2)]
        taken = sum(sum(job.result()) for job in jobs)
    sent = [mail["Message-ID"] for mail in post.box.mails]
    assert (taken, len(sent), len(set(sent))) == (30, 30, 30)


def test_a_worker_that_dies_before_sending_loses_nothing(many, post, app, clock):
    many(1)
    assert len(delivering.take(app)) == 1
    assert post.deliver() == []
    clock.forward(seconds=WAIT.total_seconds())
    assert len(post.deliver()) == 1


def test_a_worker_that_dies_after_sending_sends_the_same_again(many, post, app, clock, monkeypatch):
    many(1)
    with monkeypatch.context() as power:
        power.setattr(delivering, "_note", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            delivering.once(app)
    clock.forward(seconds=WAIT.total_seconds())
    [again] = post.deliver()
    assert [mail["Message-ID"] for mail in post.box.mails] == [again["Message-ID"]] * 2


def test_a_worker_that_comes_back_late_changes_nothing(many, session, app, clock):
    many(1)
    [mine] = delivering.take(app)
    clock.forward(seconds=WAIT.total_seconds())
    delivering.take(app)
    core_outbox.settle(session, mine, clock())
    session.commit()
    assert session.query(Message).one().sent_at is None


def test_a_server_that_is_away_is_asked_again_with_pauses_and_then_no_more(many, app, post, outbox, clock):
    many(1)
    settings = app.config["PORTAL"]
    app.config["PORTAL"] = settings.model_copy(update={"smtp_port": 1})
    tries = delivering.once(app)
    for pause in core_outbox.PAUSES:
        clock.forward(seconds=pause.total_seconds() - 1)
        assert delivering.once(app) == 0
        clock.forward(seconds=1)
        assert outbox()[0].dead_at is None
        tries += delivering.once(app)
    assert (tries, outbox()[0].dead_at, delivering.once(app)) == (8, clock(), 0)


@pytest.mark.parametrize("said, is_dead", [("550 nobody here", True), ("451 come back", False)])
def test_what_the_server_says_decides_whether_it_is_tried_again(many, post, outbox, clock, said, is_dead):
    many(1)
    post.box.says = [said]
    assert post.deliver() == []
    clock.forward(minutes=1)
    assert (outbox()[0].dead_at is not None, len(post.deliver())) == (is_dead, 0 if is_dead else 1)


def test_a_letter_that_cannot_be_written_holds_nobody_up(many, session, post, outbox, clock):
    core_outbox.add(session, "claim_made", {}, now=clock())
    many(2)
    assert len(post.deliver()) == 2
    first = outbox()[0]
    assert (first.sent_at, first.dead_at, first.attempts) == (None, None, 1)


@pytest.mark.parametrize("wrong", [{"smtp_starttls": True}, {"smtp_user": "club"}, {"smtp_port": 1}])
def test_a_server_that_is_set_up_wrong_loses_no_mail(many, app, post, outbox, wrong):
    many(3)
    app.config["PORTAL"] = app.config["PORTAL"].model_copy(update=wrong)
    delivering.once(app)
    assert [(one.sent_at, one.dead_at) for one in outbox()] == [(None, None)] * 3
    assert post.box.connections <= 1


def test_one_refused_address_does_not_stop_the_others(many, post):
    many(3)
    post.box.says = ["550 nobody here"]
    assert len(post.deliver()) == 2


def test_without_a_mail_server_mail_waits(many, app, outbox):
    many(1)
    assert delivering.once(app) == 0
    assert [(one.attempts, one.sent_at) for one in outbox()] == [(0, None)]


def test_who_waits_before_a_screen_is_served_first(many, session, app, clock, monkeypatch):
    many(2)
    core_outbox.add(session, "sign_in", {"mail_code_id": 0}, now=clock())
    session.commit()
    monkeypatch.setattr(delivering, "BATCH", 1)
    [first] = delivering.take(app)
    assert first.kind == "sign_in"


def test_what_nobody_is_told_of_is_settled(session, app, clock, post, outbox):
    core_outbox.add(session, "claim_expired", {"reference": "BCDFGHJK"}, now=clock())
    session.commit()
    assert (post.deliver(), outbox()[0].sent_at) == ([], clock())


def test_mail_trouble_never_stops_a_claim(claimed, app, session):
    app.config["PORTAL"] = app.config["PORTAL"].model_copy(update={"smtp_host": "127.0.0.1", "smtp_port": 1})
    assert claimed().reference != ""


def test_old_messages_are_dropped(many, post, session, clock):
    many(1)
    post.deliver()
    core_outbox.sweep(session, clock.forward(days=31))
    assert session.query(Message).count() == 0
