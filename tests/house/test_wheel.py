"""The wheel holds everything: installed alone, from another folder, it makes a database and the demo club."""

import shutil
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.plumbing import command, project

PARTS = ["portal", "templates", "static", "migrations", "pyproject.toml", "README.md", "LICENSE"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built without the network, from a copy that holds nothing but what is kept."""
    tree = tmp_path_factory.mktemp("tree")
    for name in project.tracked():
        if name.partition("/")[0] in PARTS:
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(project.ROOT / name, tree / name)
    command.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel"], tree)
    [built] = (tree / "dist").iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it; it borrows only the packages that the wheel asks for."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(place, symlinks=True)
    # A path in a .pth is searched last, and its own .pth files (an editable portal's) are not read.
    borrowed = place / sysconfig.get_path("purelib", vars={"base": "."}) / "borrowed.pth"
    borrowed.write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(place), "install", "--quiet"]
    command.run([*pip, "--no-deps", "--no-index", "--force-reinstall", str(wheel)], place)
    return place / "bin"


def test_the_wheel_holds_all_that_is_kept_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith("portal/")}
    assert held == {place_in_wheel(name) for name in project.tracked()} - {None}


def test_portal_comes_from_the_wheel(installed, tmp_path):
    answer = command.run([str(installed / "python"), "-c", "import portal; print(portal.__file__)"], tmp_path)
    assert Path(answer.stdout.strip()).is_relative_to(installed.parent)


def test_the_installed_portal_makes_a_database(installed, tmp_path):
    database = tmp_path / "club.db"
    command.run([str(installed / "portal"), "upgrade"], tmp_path, DATABASE_URL=f"sqlite:///{database}")
    assert database.stat().st_size > 0


def test_the_installed_portal_makes_the_demo(installed, tmp_path):
    database = tmp_path / "demo.db"
    command.run(
        [str(installed / "portal"), "demo", "--no-serve"], tmp_path, DATABASE_URL=f"sqlite:///{database}"
    )
    assert database.stat().st_size > 0


def place_in_wheel(name: str) -> str | None:
    """Where a kept file travels, if it does."""
    top, _, rest = name.partition("/")
    if top == "portal":
        return name
    return f"portal/_{top}/{rest}" if top in {"templates", "static", "migrations"} else None
