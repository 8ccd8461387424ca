"""How many statements the counter asks for, whatever has been scanned before."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from portal.web import db

PAGE, SCAN = 8, 20


def test_a_page_of_the_counter_asks_few_questions(town):
    town.page.scan(town, town.code())
    for url in ["/counter", town.bench, f"{town.bench}/scans/1"]:
        with counted(town) as statements:
            assert town.page.open(url).status == 200
        assert len(statements) <= PAGE, statements


def test_a_scan_costs_the_same_after_many_others(town):
    town.page.open(town.bench)
    first = cost(town, town.code())
    for _ in range(10):
        town.page.scan(town, town.code(), htmx=True)
    assert cost(town, town.code()) == first <= SCAN


def test_a_refusal_costs_no_more_than_a_redemption(town):
    redeemed = cost(town, town.code())
    assert cost(town, town.unknown_code()) <= redeemed


def cost(town, code: str) -> int:
    token = town.page.token()
    with counted(town) as statements:
        town.page.client.post(
            f"{town.bench}/scans", data={**token, "code": code}, headers={"HX-Request": "true"}
        )
    return len(statements)


@contextmanager
def counted(town) -> Iterator[list[str]]:
    """The statements that the app sends meanwhile, without what opens and closes transactions."""
    heard: list[str] = []

    def hear(_connection, _cursor, statement, *_more):
        if not statement.startswith("BEGIN"):
            heard.append(statement)

    with town.app.app_context():
        engine = db.engine()
    event.listen(engine, "before_cursor_execute", hear)
    yield heard
    event.remove(engine, "before_cursor_execute", hear)
