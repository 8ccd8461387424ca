"""The same journeys with scripts and a keyboard: no pointer, no finger."""

import pytest

from tests.browser import journeys
from tests.browser.conftest import Tab
from tests.browser.hands import Keys
from tests.browser.journeys import Journey
from tests.browser.stage import Stage


@pytest.mark.parametrize("journey", journeys.ALL, ids=lambda journey: journey.__name__)
def test_by_keys_alone(demo: Stage, tab: Tab, journey: Journey) -> None:
    journey(demo, Keys(tab(), demo.url))
