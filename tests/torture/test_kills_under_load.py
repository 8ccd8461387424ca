"""Six members claim without pause while the server is killed at moments nobody chose; each goes on asking.

Every wish has a key, and a wish without an answer is sent again until there is one. In the end each key has
made one claim, and each answer that anybody heard, at whatever time, names the claim that is there.
"""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from sqlalchemy import select

from portal.core.claims.claims import Claim
from portal.web import db
from tests import build
from tests.plumbing import canary
from tests.torture import machine, town
from tests.torture.caller import Caller, NoAnswer, NobodyThere, Request

MEMBERS, KILLS = 6, 6
_MOMENTS = random.Random(9)


@dataclass
class History:
    """What one member heard."""

    member_id: int
    caller: Caller
    form: Request = field(init=False)
    heard: dict[str, set[str]] = field(default_factory=dict)
    unheard: int = 0

    def __post_init__(self) -> None:
        self.form = self.caller.form(f"/offers/{town.FREE}/claims", f"/offers/{town.FREE}")

    def claim_until(self, enough: Event) -> None:
        """One wish after the other; each is sent a second time under its key."""
        while not enough.is_set() or not self.heard:
            key = f"tap-{len(self.heard)}"
            wish = replace(self.form, body=f"{self.form.body}&key={key}")
            self.heard[key] = {self._answered(wish), self._answered(wish)}

    def _answered(self, wish: Request) -> str:
        while True:
            try:
                answer = self.caller.send(wish)
            except NoAnswer as line:
                self.unheard += not isinstance(line, NobodyThere)
                time.sleep(0.05)
                continue
            assert answer.status == 303, answer
            return answer.location


def test_what_was_heard_is_there_and_nothing_twice(database_url: str, tmp_path: Path) -> None:
    place = town.opened(database_url, tmp_path)
    rivals = town.members(database_url, MEMBERS)
    with machine.running(tmp_path, **place.settings) as server:
        histories = [History(number, Caller(server.port, {"member": token})) for number, token in rivals]
        under_fire(server, histories)
        said = server.audit()
    canary.learn(database_url, build.KEYRING)
    assert {one.member_id: sorted(map(only, one.heard.values())) for one in histories} == claimed(
        database_url
    )
    assert said.startswith("All ")
    keys, unheard = sum(len(one.heard) for one in histories), sum(one.unheard for one in histories)
    print(f"{KILLS} kills, {keys} keys sent twice, {unheard} answers cut off: 0 lost, 0 doubled")


def under_fire(server: machine.Machine, histories: list[History]) -> None:
    enough = Event()
    with ThreadPoolExecutor(len(histories)) as threads:
        busy = [threads.submit(one.claim_until, enough) for one in histories]
        try:
            for _ in range(KILLS):
                time.sleep(_MOMENTS.uniform(0.1, 0.6))
                server.kill_and_start()
        finally:
            enough.set()
        for one in busy:
            one.result()


def only(locations: set[str]) -> str:
    """One key, one claim."""
    [location] = locations
    return location


def claimed(url: str) -> dict[int, list[str]]:
    """Who holds what, as the addresses that were answered."""
    held: dict[int, list[str]] = {}
    with db.alone(url, writes=False) as session:
        for member_id, ref in session.execute(select(Claim.member_id, Claim.reference)):
            held.setdefault(member_id, []).append(f"/wallet/{ref}")
    return {member_id: sorted(refs) for member_id, refs in held.items()}
