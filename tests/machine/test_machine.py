"""Whatever happens in whatever order, the database says what the rules say, and the audit is clean."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from tests.machine import faults
from tests.machine.machine import Club

Fresh = Callable[[], Engine]
QUICK = settings(
    max_examples=15,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
# A planted fault need only be found, not told in its shortest form.
HUNT = settings(QUICK, max_examples=60, phases=[Phase.generate], report_multiple_bugs=False)


def test_the_core_keeps_to_the_model(fresh: Fresh) -> None:
    drive(fresh, QUICK)


@pytest.mark.parametrize("fault", faults.PLANTED)
def test_a_planted_fault_is_found(fresh_file: Fresh, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    faults.PLANTED[fault](monkeypatch)
    with pytest.raises((AssertionError, IntegrityError)):
        drive(fresh_file, HUNT)


def drive(fresh: Fresh, how: settings) -> None:
    """A club of its own for each run of the machine."""

    class ClubOfItsOwn(Club):
        def __init__(self) -> None:
            super().__init__()
            self.engine = fresh()

    run_state_machine_as_test(ClubOfItsOwn, settings=how)
