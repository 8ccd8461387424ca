"""/demo/mail shows what would have been mailed: in the demo only, to this machine only, and keeps nothing."""

import pytest

from portal.config import Mode, Settings
from portal.core import schema
from portal.worker import shown
from tests.plumbing import clubs
from tests.plumbing.visitor import Visitor


@pytest.fixture
def demo(database_url, tmp_path, clock, session):
    with clubs.opened(database_url, tmp_path, clock, mode=Mode.DEMO) as app:
        yield Visitor(app)


def test_joining_with_the_demos_own_mail(demo, session):
    demo.post("/join", {"name": "Bea", "email": "bea@example.com", "terms": "y"})
    assert "/demo/mail" in demo.get("/sign-in/code").text
    page = demo.get("/demo/mail").text
    digits = page.split("    ")[1][:7]
    kept = [repr(row) for table in schema.metadata.sorted_tables for row in session.execute(table.select())]
    session.rollback()
    assert [row for row in kept if digits.replace(" ", "") in row] == []
    assert demo.post("/sign-in/code", {"digits": digits}).location == "/offers"
    assert "A mail with nothing left to say" in demo.get("/demo/mail").text


@pytest.mark.parametrize("address", ["192.0.2.1", "10.0.0.7", "::ffff:192.0.2.1", "2001:db8::1", ""])
def test_nobody_else_may_look(demo, address):
    demo.client.environ_base = {"REMOTE_ADDR": address}
    assert demo.get("/demo/mail").status_code == 404


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "127.8.0.1"])
def test_this_machine_may(demo, address):
    demo.client.environ_base = {"REMOTE_ADDR": address}
    assert demo.get("/demo/mail").status_code == 200


@pytest.mark.parametrize("header", shown._VIA)
def test_a_proxy_on_this_machine_does_not_open_it(demo, header):
    assert demo.get("/demo/mail", **{header: "for=192.0.2.1"}).status_code == 404


def test_elsewhere_there_is_no_such_page(app):
    assert Visitor(app).get("/demo/mail").status_code == 404
    assert Settings().mode is Mode.DEVELOPMENT
