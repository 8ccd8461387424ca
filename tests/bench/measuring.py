"""Rounds: hello and every scenario in turn, so that whatever else the machine does falls on both."""

import gzip
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from flask import Flask

from tests.bench import asking
from tests.bench.asking import Request
from tests.bench.scenarios import Scenario

HELLOS = 300


@dataclass(frozen=True)
class Figure:
    """One line: the processor's time over that of hello in the same round, and what does not vary."""

    name: str
    ratios: Sequence[float]
    gate: float | None
    ms: float
    statements: int
    zipped: int

    @property
    def ratio(self) -> float:
        """The figure to quote."""
        return median(self.ratios)

    @property
    def is_missed(self) -> bool:
        """Whether it costs more than it may."""
        return self.gate is not None and self.ratio > self.gate

    def __str__(self) -> str:
        spread = f"({min(self.ratios):.1f}..{max(self.ratios):.1f})"
        gate = "" if self.gate is None else f"gate {self.gate:g}{' MISSED' if self.is_missed else ''}"
        size = f"{self.zipped / 1024:.1f} kB gz"
        return (
            f"{self.name:<36} | {self.ratio:6.1f} {spread:<14} | {self.ms:7.2f} ms"
            f" | {self.statements:2} statements | {size:>10} | {gate}".rstrip(" |")
        )

    def row(self) -> dict[str, Any]:
        """The same for programs."""
        return {**asdict(self), "ratio": self.ratio, "is_missed": self.is_missed}


def measure(scenarios: Sequence[Scenario], rounds: int) -> list[Figure]:
    """That many rounds after one that only warms up."""
    hello, request = _hello(), Request("/")
    held = [_Held(one) for one in scenarios]
    for number in range(rounds + 1):
        for one in held:
            one.take_part(hello, request, counts=number > 0)
    return [one.figure() for one in held]


class _Held:
    """What has been measured of one scenario so far."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario, self._ratios, self._costs = scenario, list[float](), list[float]()

    def take_part(self, hello: Flask, request: Request, *, counts: bool) -> None:
        """One round, between two halves of hello."""
        app, ask = self._scenario.app, self._scenario.ask
        requests = [ask() for _ in range(self._scenario.most)]
        before = asking.cpu(hello, [request] * HELLOS)
        cost = asking.cpu(app, requests)
        after = asking.cpu(hello, [request] * HELLOS)
        if counts:
            self._costs.append(cost)
            self._ratios.append(cost / ((before + after) / 2))

    def figure(self) -> Figure:
        """The line, with one request more for what does not vary."""
        one = self._scenario
        request = one.ask()
        with asking.counting(one.app) as statements:
            body = asking.answer(one.app, request)
        size = len(gzip.compress(body, 6))
        return Figure(one.name, self._ratios, one.gate, 1000 * median(self._costs), len(statements), size)


def _hello() -> Flask:
    app = Flask("hello")
    app.add_url_rule("/", view_func=lambda: "hello")
    return app
