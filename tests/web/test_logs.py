"""The logs tell what happened by rule, and nothing that opens anything."""

import io
import json
import logging

import pytest

from portal.app import create_app
from portal.core.codes import alphabet
from portal.web import logs
from tests import build
from tests.plumbing import clubs
from tests.plumbing.visitor import Visitor

CODE = alphabet.mint(build.CHANCE.pick)


@pytest.fixture
def written(app):
    """What the handler of the running process has written, line by line."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    handler.addFilter(logs.REDACT)
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def test_one_line_a_request(app, written):
    answer = Visitor(app).get("/sign-in?next=/wallet/KRTBFLNX")
    [line] = written()
    assert line.pop("ms") >= 0
    line.pop("time")
    assert line == {
        "level": "info",
        "logger": "portal.access",
        "message": "request",
        "method": "GET",
        "rule": "/sign-in",
        "status": 200,
        "request": answer.headers["X-Request-Id"],
        "face": None,
    }


def test_an_address_that_leads_nowhere_is_not_written_down(app, written):
    Visitor(app).get("/wallet-of-ada?card=12345")
    [line] = written()
    assert (line["rule"], line["status"]) == (None, 404)


def test_a_one_use_token_is_not_written_down(app, written):
    token = "ab" * 32
    Visitor(app).get(f"/sign-in/link/{token}")
    assert token not in json.dumps(written())


def test_a_failure_is_written_with_its_rule_and_traceback_and_without_the_code(app, written):
    def fail(code):
        raise RuntimeError(f"no such code: {code}")

    app.add_url_rule("/fail/<code>", view_func=fail)
    Visitor(app).get(f"/fail/{CODE}")
    failure, line = written()
    assert (failure["rule"], failure["request"]) == ("/fail/<code>", line["request"])
    assert "RuntimeError: no such code: [code]" in failure["traceback"]
    assert CODE not in json.dumps([failure, line])


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        alphabet.grouped(CODE),
        alphabet.spelled(CODE),
        "-".join([CODE[:4], CODE[4:8], CODE[8:]]),
        "%20".join([CODE[:4], CODE[4:8], CODE[8:]]),
        " ".join(CODE),
        "', '".join([CODE[:4], CODE[4:8], CODE[8:]]),
        "KRTBFLNXHDPR",  # its check letter is wrong: a slip away from a right one
    ],
    ids=["plain", "lower", "grouped", "spelled", "dashed", "escaped", "apart", "listed", "a slip"],
)
def test_a_code_is_redacted_however_it_is_written(typed):
    assert logs.redacted(f"found {typed}, at 14:31") == "found [code], at 14:31"


@pytest.mark.parametrize(
    "harmless",
    [
        "claim KRTBFLNX was given back",
        "KRTBFLNX and HDPRKRTB",
        "0123456789ab",
        "request 1f8a03bcfd",
        "the database gave no answer",
        "http://localhost:8000/counter/3/scans/12",
    ],
)
def test_what_is_no_code_stays(harmless):
    assert logs.redacted(harmless) == harmless


def test_arguments_of_a_message_are_redacted_too(written):
    logging.getLogger("portal.tests").error("scanned %s by %s", CODE, "Ona")
    assert [line["message"] for line in written()] == ["scanned [code] by Ona"]


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Proto"])
def test_a_proxy_that_no_setting_tells_of_is_warned_of_once(app, written, header):
    browser = Visitor(app)
    browser.get("/healthz")
    assert [line["level"] for line in written()] == ["info"]
    for _ in range(3):
        browser.client.get("/healthz", headers={header: "203.0.113.9"})
    [warning] = [line for line in written() if line["level"] == "warning"]
    assert warning["message"].startswith(f"{header} came with a request and PORTAL_PROXIES is 0")
    assert "203.0.113.9" not in warning["message"]


def test_a_proxy_that_is_believed_is_not_warned_of(app, written):
    settings = app.config["PORTAL"].model_copy(update={"proxies": 1})
    with clubs.closing(create_app(settings)) as behind:
        behind.test_client().get("/healthz", headers={"X-Forwarded-For": "203.0.113.9"})
    assert [line["level"] for line in written()] == ["info"]
