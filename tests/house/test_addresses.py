"""What is kept names no registry and no machine, and stands where it is expected."""

import hashlib
import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.plumbing import project

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs",
    "migrations",
    "portal",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
    "static",
    "templates",
    "tests",
}

# Written with brackets so that this file does not find itself.
FORBIDDEN = {
    "a registry": r"py[p]i\.org|pythonho[s]ted|npm[j]s\.(org|com)|yarn[p]kg|index[-]url|--find[-]links",
    "a machine": r"(?<![\w./-])/(home|mnt|opt|root|work|Users)[/]\w",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what):
    found = [
        f"{name}:{number} {line.strip()[:100]}"
        for name in project.tracked()
        for number, line in enumerate(text_of(name).splitlines(), 1)
        if re.search(FORBIDDEN[what], line)
    ]
    assert found == []


def test_the_top_level_is_the_known_one():
    assert {name.partition("/")[0] for name in project.tracked()} - TOP_LEVEL == set()


def test_the_licence_is_there():
    assert "Apache License" in text_of("LICENSE")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_pin_has_a_hash(name):
    pins = re.findall(
        r"^[\w.-]+(?:\[.*\])?==.*(?:\n +--hash=sha256:[0-9a-f]{64}.*)+", text_of(name), re.MULTILINE
    )
    assert len(pins) == len(re.findall(r"^\w", text_of(name), re.MULTILINE))


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_pins_are_what_the_project_asks_for(name):
    asked = tomllib.loads(text_of("pyproject.toml"))
    wanted = asked["project"]["dependencies"]
    if name == "requirements-dev.lock":
        wanted = wanted + asked["dependency-groups"]["dev"]
    pinned = dict(re.findall(r"^([\w.-]+)(?:\[.*\])?==([^ ]+)", text_of(name), re.MULTILINE))
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(pinned.get(requirement.name.lower(), "0")), requirement


def test_vendored_files_are_the_ones_we_chose():
    folder = project.ROOT / "static" / "vendor"
    chosen = {entry["file"]: entry["sha256"] for entry in json.loads(text_of("static/vendor/VENDOR.json"))}
    found = {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and file.name != "VENDOR.json"
    }
    assert found == chosen


def test_pages_ask_no_other_host():
    served = [
        *project.files("templates", "*.*"),
        *project.files("static", "*.css"),
        *project.files("static", "*.js"),
    ]
    asked = {
        host
        for file in served
        for host in re.findall(r"https?://([\w.-]+)", file.read_text(encoding="utf-8"))
    }
    assert asked - {"www.w3.org"} == set()  # the namespace of SVG is a name, not a request


def text_of(name: str) -> str:
    return (project.ROOT / name).read_text(encoding="utf-8", errors="replace")
