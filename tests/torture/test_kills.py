"""The server is killed with -9 around each request of the journey: the repeat gets the same answer, once.

Each request is first sent over a line that is cut when the answer comes, after the commit, and the server
is killed; then it is sent again, heard, the server killed once more, and sent a third time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.core.claims.claims import Claim
from portal.core.points.balances import Balance
from portal.core.redeeming.redemptions import Redemption
from portal.web import db
from tests import build
from tests.plumbing import canary
from tests.torture import cutting, machine, town
from tests.torture.caller import Answer, Caller, NoAnswer, Request
from tests.torture.cutting import Proxy
from tests.torture.machine import Machine
from tests.torture.town import Town

_SPELLED = re.compile(r"\b(?:[B-X] ){3}[B-X](?:, (?:[B-X] ){3}[B-X]){2}\b")


@dataclass
class Stage:
    """The town, its server, the line to it, and a browser for each of the two people."""

    town: Town
    machine: Machine
    line: Proxy
    ada: Caller = field(init=False)
    ona: Caller = field(init=False)

    def __post_init__(self) -> None:
        self.ada, self.ona = Caller(self.line.port), Caller(self.line.port)

    def survive(self, who: Caller, request: Request) -> Answer:
        """The request's answer, which is the same however often the server dies around it."""
        self.line.cut_next()
        with pytest.raises(NoAnswer):
            who.send(request)
        self.machine.kill_and_start()
        heard = who.send(request)
        self.machine.kill_and_start()
        again = who.send(request)
        assert gist(again) == gist(heard)
        return heard


@pytest.fixture
def stage(database_url: str, tmp_path: Path) -> Iterator[Stage]:
    place = town.opened(database_url, tmp_path)
    with machine.running(tmp_path, **place.settings) as server, cutting.before(server.port) as line:
        yield Stage(place, server, line)


def test_the_journey_survives_a_kill_around_each_request(stage: Stage) -> None:
    assert stage.survive(stage.ada, sign_in(stage.ada, "/sign-in", "ada")).status == 303
    assert a_claim_is_given_back(stage) == town.POINTS
    code = a_claim_is_shown(stage)
    at_the_till(stage)
    assert verdicts_on(stage, code) == ["check", "go", "idle"]
    assert counted(stage.town.url) == (2, ["redeem", "reversal"])
    assert stage.machine.audit().startswith("All ")
    canary.learn(stage.town.url, build.KEYRING)
    kills, cuts = stage.machine.kills, stage.line.cuts
    print(f"kills {kills} and {cuts} answers cut off: nothing lost, nothing doubled")


def a_claim_is_given_back(stage: Stage) -> int:
    """Claim for points and give it back; answers the points afterwards."""
    ref = claimed(stage, town.PAID)
    back = stage.ada.form(f"/wallet/{ref}/release", f"/wallet/{ref}/release")
    assert stage.survive(stage.ada, back).location == f"/wallet/{ref}"
    with db.alone(stage.town.url, writes=False) as session:
        return session.scalars(select(Balance.balance)).one()


def a_claim_is_shown(stage: Stage) -> str:
    ref = claimed(stage, town.ASKED)
    shown = stage.survive(stage.ada, Request("GET", f"/wallet/{ref}"))
    return code_in(shown)


def claimed(stage: Stage, slug: str) -> str:
    form = stage.ada.form(f"/offers/{slug}/claims", f"/offers/{slug}", key=f"tap on {slug}")
    return stage.survive(stage.ada, form).location.rpartition("/")[2]


def at_the_till(stage: Stage) -> None:
    ona, till = stage.ona, stage.town.till_id
    ona.send(sign_in(ona, "/staff/sign-in", "ona"))
    ona.send(ona.form(f"/counter/tills/{till}", "/counter"))
    assert ona.send(ona.form("/counter/pin", "/counter/pin", pin=town.PIN)).status == 303


def verdicts_on(stage: Stage, code: str) -> list[str]:
    """Check, redeem, undo: what the till reads after each."""
    ona, bench = stage.ona, f"/counter/{stage.town.till_id}"
    scan = stage.survive(ona, ona.form(f"{bench}/scans", bench, code=code, key=ona.get(bench).key))
    read = [ona.get(scan.location).verdict]
    for act in ("redemption", "reversal"):
        form = ona.form(f"{scan.location}/{act}", bench)
        stage.survive(ona, form)
        read.append(ona.get(scan.location).verdict)
    return read


def sign_in(who: Caller, path: str, name: str) -> Request:
    return who.form(path, path, email=f"{name}@example.com", password=town.PASSWORD)


def gist(answer: Answer) -> tuple[int, str, str, str]:
    """What makes two answers the same, for whoever reads them."""
    return answer.status, answer.location, answer.verdict, code_in(answer)


def code_in(answer: Answer) -> str:
    return spelled(answer.text)


def spelled(text: str) -> str:
    """The code that a page spells out for those who listen to it."""
    found = _SPELLED.search(text)
    return re.sub(r"[ ,]", "", found[0]) if found else ""


def counted(url: str) -> tuple[int, list[str]]:
    """The claims, and what happened to them at tills."""
    with db.alone(url, writes=False) as session:
        claims = len(session.scalars(select(Claim.id)).all())
        return claims, [*session.scalars(select(Redemption.kind).order_by(Redemption.id))]
