"""Styles, scripts and drawings are joined, named by what they hold, and sent ready compressed."""

import gzip
import hashlib
import json
import re

import pytest
from flask import Flask, render_template_string

from portal.web import assets, icons, rosettes
from tests.plumbing.project import ROOT

BUNDLES = ["member.css", "counter.css", "kit.css", "member.js", "counter.js", "art.svg"]
VENDOR = ROOT / "static" / "vendor"


@pytest.fixture
def app() -> Flask:
    bare = Flask(__name__, static_folder=None)
    assets.install(bare)
    return bare


def asset(client, name, **headers):
    return client.get(assets.url(name), headers=headers)


@pytest.mark.parametrize(
    "name", ["member.css", "counter.css", "kit.css", "member.js", "counter.js", "art.svg"]
)
def test_a_file_is_kept_for_a_year_under_the_name_of_what_it_holds(client, name):
    answer = asset(client, name)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert hashlib.sha256(answer.data).hexdigest()[:12] in assets.url(name)


@pytest.mark.parametrize(
    "name, kind",
    [("member.css", "text/css"), ("member.js", "text/javascript"), ("art.svg", "image/svg+xml")],
)
def test_a_file_says_what_it_is(client, name, kind):
    assert asset(client, name).mimetype == kind


def test_a_file_comes_compressed_to_those_who_take_it(client):
    plain, zipped = asset(client, "member.css"), asset(client, "member.css", Accept_Encoding="br, gzip")
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert plain.headers["ETag"] != zipped.headers["ETag"]


def test_a_browser_that_refuses_gzip_gets_none(client):
    assert "Content-Encoding" not in asset(client, "member.css", Accept_Encoding="gzip;q=0").headers


def test_what_is_already_held_is_not_sent_again(client):
    first = asset(client, "member.css")
    again = asset(client, "member.css", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "path", ["member.css", "member.000000000000.css", "..%2fpyproject.toml", "htmx.min.js"]
)
def test_nothing_else_is_there(client, path):
    assert client.get(f"/assets/{path}").status_code == 404


@pytest.mark.parametrize("name", BUNDLES)
def test_files_keep_within_their_weight(client, name):
    most = {"css": 12 * 1024, "js": 24 * 1024, "svg": 10 * 1024}[name.rpartition(".")[2]]
    assert len(asset(client, name, Accept_Encoding="gzip").data) <= most


def test_the_tab_shows_a_rosette(client):
    answer = client.get("/favicon.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert b"<path" in answer.data


def test_comments_stay_at_home(client):
    assert b"/*" not in asset(client, "member.css").data
    own = asset(client, "member.js").get_data(as_text=True).partition('"use strict"')[2]
    assert re.findall(r"^\s*//", own, re.MULTILINE) == []


def test_every_style_and_script_is_in_some_bundle():
    styles = {f"{part}.css" for parts in assets._STYLES.values() for part in parts}
    bundles = [*assets._SCRIPTS.values(), assets._WORKER]
    scripts = {f"{part}.js" for parts in bundles for part in parts}
    assert styles == {path.name for path in (ROOT / "static/css").iterdir()}
    assert scripts == {path.name for path in (ROOT / "static/js").iterdir()}


def test_templates_draw_from_the_one_sprite(app):
    with app.test_request_context():
        drawn = render_template_string("{{ icon('ticket') }}{{ rosette(11, 'seal') }}{{ band }}")
    art = assets.url("art.svg")
    assert re.findall(r'href="([^"]+)"', drawn) == [f"{art}#ticket", f"{art}#ros3", f"{art}#band"]
    assert drawn.count('aria-hidden="true"') == 3


def test_an_icon_that_nobody_drew_is_an_error(app):
    with app.test_request_context(), pytest.raises(LookupError):
        render_template_string("{{ icon('unicorn') }}")


def test_the_sprite_holds_every_icon_rosette_and_the_waves(client):
    drawn = asset(client, "art.svg").get_data(as_text=True)
    own = icons.symbols((ROOT / "static/img/icons.svg").read_text(encoding="utf-8"))
    wanted = {*own, *(f"ros{shape}" for shape in range(8)), "band"}
    assert set(re.findall(r'<symbol id="(\w+)"', drawn)) == wanted


def test_a_rosette_is_closed_and_light():
    curves = re.findall(r'<symbol id="ros\d".*?d="([^"]+)"', rosettes.symbols())
    assert [path.count("z") for path in curves] == [2] * 8
    assert [path for path in curves if not 1_500 <= len(path) <= 2_700] == []


def test_an_offer_always_wears_the_same_shape():
    worn = [rosettes.shape_of(f"offer-{number}") for number in range(200)]
    assert worn == [rosettes.shape_of(f"offer-{number}") for number in range(200)]
    assert set(worn) == set(range(8))


@pytest.mark.parametrize("entry", json.loads((VENDOR / "VENDOR.json").read_text(encoding="utf-8")))
def test_vendored_files_are_the_ones_we_chose(entry):
    assert set(entry) == {"name", "version", "file", "sha256", "licence"}
    assert hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


def test_every_vendored_file_is_listed():
    listed = {entry["file"] for entry in json.loads((VENDOR / "VENDOR.json").read_text(encoding="utf-8"))}
    assert {path.name for path in VENDOR.iterdir()} == {*listed, "VENDOR.json"}
