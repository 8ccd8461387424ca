"""docs/settings.md names every setting with its default, and nothing that is none."""

import re

import pytest

from portal import config
from portal.config import Settings
from tests.plumbing import project

TOLD = dict(
    re.findall(
        r"^\| `(\w+)` \| (?:`([^`]+)`|empty) \|", (project.ROOT / "docs/settings.md").read_text(), re.M
    )
)


@pytest.mark.parametrize("field", Settings.model_fields)
def test_a_setting_is_told_with_its_default(field, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    default = str(getattr(Settings(), field)).replace(f"{tmp_path}/", "")
    assert TOLD[config.environment_name(field)] == default


def test_nothing_is_told_that_does_not_exist():
    assert set(TOLD) == {config.environment_name(field) for field in Settings.model_fields}


def test_settings_travel_to_another_process(monkeypatch, tmp_path):
    given = Settings(database_url=f"sqlite:///{tmp_path}/x.db", port=9000, club_name="Lantern", proxies=2)
    for name, value in config.environment(given).items():
        monkeypatch.setenv(name, value)
    assert config.read() == given
