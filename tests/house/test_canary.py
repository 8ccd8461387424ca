"""The canary's ears: whatever is logged, answered, mailed, said or minted in a test reaches it."""

import gzip
import logging
import smtplib
import sys
from collections.abc import Callable
from email.message import EmailMessage
from uuid import uuid4

import pytest
from click import command, echo
from click.testing import CliRunner
from flask import Flask, Response, abort

from tests import build
from tests.plumbing import canary, smtp
from tests.plumbing import command as commands


@pytest.fixture
def word():
    """Something that nobody has said before."""
    return uuid4().hex


def test_a_log_record_is_heard(word):
    logging.getLogger("anybody").warning("said %s", word)
    assert (word in canary.kept("records"), word in canary.kept("log")) == (True, True)


def packed(word: str) -> Response:
    return Response(gzip.compress(word.encode()), mimetype="text/csv", headers={"Content-Encoding": "gzip"})


ANSWERS: dict[str, tuple[str, Callable[[str], str | Response]]] = {
    "a header": ("headers", lambda word: Response("", 303, {"Location": f"/{word}"})),
    "a title": ("answers", lambda word: f"<title>{word}</title>"),
    "an address": ("answers", lambda word: f'<a class="button" href="/offers/{word}">'),
    "a file": ("answers", lambda word: Response(word, mimetype="text/calendar")),
    "a packed file": ("answers", lambda word: packed(word)),
    "an error": ("answers", lambda word: abort(Response(word, 404))),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_of_an_answer_is_heard_what_stays(word, what):
    name, answer = ANSWERS[what]
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: answer(word))
    app.test_client().get("/")
    assert word in canary.kept(name)


def test_what_a_page_only_shows_is_not(word):
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: f"<p>{word}</p>")
    app.test_client().get("/")
    assert word not in canary.kept("answers")


def test_a_mail_is_heard_as_it_is_read(word):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "club@example.com", "ada@example.com", "–"
    mail.set_content(f"– {word}", cte="base64")
    with smtp.listening() as box, smtplib.SMTP("127.0.0.1", box.server_address[1]) as line:
        line.send_message(mail)
    assert word in canary.kept("mails")


def test_a_command_is_heard_in_this_process_and_in_another(word, tmp_path):
    CliRunner().invoke(command()(lambda: echo(f"here {word}")))
    commands.run([sys.executable, "-c", f"print('there', '{word}')"], tmp_path)
    assert [f"{where} {word}" in canary.kept("commands") for where in ("here", "there")] == [True, True]


def test_a_code_is_known_when_it_is_issued_and_when_it_is_learnt(session, engine, tmp_path, monkeypatch):
    code = build.code_of(session, build.claim(session, build.a_member(session), build.an_offer(session)))
    session.commit()
    assert code in canary.known()
    monkeypatch.setattr(canary, "_at_work", elsewhere := canary.Canary(tmp_path))
    canary.learn(engine.url.render_as_string(hide_password=False), build.KEYRING)
    assert code in elsewhere.codes
