"""The pattern page shows every component there is, and is there in development only."""

import re

import pytest

from portal.app import create_app
from portal.config import Mode, Settings
from portal.web import keys
from tests.plumbing import clubs, project, templates

COMPONENTS = sorted(file.name for file in project.files("templates/components", "*.html"))


def test_every_component_is_on_the_page() -> None:
    parts = [name for name in templates.names() if name.startswith("patterns/")]
    shown = {file for name in parts for file in re.findall(r'"components/([\w.]+)"', templates.source(name))}
    assert shown == set(COMPONENTS)


def test_it_opens(client) -> None:
    answer = client.get("/patterns")
    assert answer.status_code == 200
    assert "Components and their states" in answer.text


@pytest.mark.parametrize("mode", [Mode.DEMO])
def test_elsewhere_it_is_not_there(database_url, tmp_path, clock, mode: Mode) -> None:
    settings = Settings(mode=mode, database_url=database_url, keys_file=tmp_path / "portal.keys")
    keys.make(settings.keys_path)
    clubs.found(settings, clock)
    with clubs.closing(create_app(settings, clock=clock)) as app:
        assert app.test_client().get("/patterns").status_code == 404
