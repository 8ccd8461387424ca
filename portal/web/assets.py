"""Styles, scripts and drawings: joined at start, named by what they hold, and kept by browsers for a year."""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request
from flask.typing import ResponseReturnValue

from portal.web import doors, icons, rosettes

# Styles are joined in this order instead of by @layer, which Safari before 15.4 drops with all it holds.
_INK = ("tokens", "papers", "dark", "recipe", "base", "button", "layout")
_WORDS = ("notice", "forms", "toast", "badge", "panel", "empty")
_MEMBER = ("tier", "filters", "ticket", "pass", "beam", "ledger", "card", "picture", "keep")
_COUNTER = ("counter", "verdict")
_LAST = ("room", "states", "print")
_STYLES = {
    "member.css": (*_INK, *_WORDS, *_MEMBER, *_LAST),
    "counter.css": (*_INK, *_WORDS, *_COUNTER, *_LAST),
    "poster.css": (*_INK, "poster", *_LAST),
    "kit.css": (*_INK, *_WORDS, *_MEMBER, *_COUNTER, "kit", *_LAST),
}
_MANNERS = ("focus", "failure", "toast", "localtime")
_SCRIPTS = {
    "member.js": (*_MANNERS, "copy", "chips", "wake", "keep"),
    "counter.js": (*_MANNERS, "bench", "countdown", "sound", "retry"),
}
_WORKER = ("copies", "answering", "worker")
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
_YEAR = "public, max-age=31536000, immutable"
_DAY = "public, max-age=86400"

bp = Blueprint("assets", __name__)
doors.hang(bp, doors.public_door)


@dataclass(frozen=True)
class Asset:
    """One file as it is sent, also ready compressed."""

    filename: str
    body: bytes
    zipped: bytes
    type: str
    etag: str


@cache
def static_root() -> Path:
    """Where the source files lie: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_static"
    return inside if inside.is_dir() else package.parent / "static"


def install(app: Flask) -> None:
    """Serve the files, and teach the templates `asset`, `icon`, `rosette` and `band`."""
    art = url("art.svg")
    names = frozenset(icons.symbols(_text(static_root() / "img/icons.svg")))
    words = app.jinja_env.globals
    words.update(asset=url, icon=icons.drawer(art, names), rosette=rosettes.drawer(art))
    words["band"] = icons.drawing(art, "band", "band")
    app.register_blueprint(bp)


def url(name: str) -> str:
    """The address of a file by its plain name: `member.css`."""
    return f"/assets/{_shelf(static_root())[name].filename}"


@cache
def worker(files: tuple[str, ...]) -> str:
    """The service worker; a change of these files is a change of the worker, which then fetches them anew."""
    known = json.dumps(files)
    version = hashlib.sha256(known.encode()).hexdigest()[:12]
    ours = (_tight(_text(static_root() / f"js/{part}.js")) for part in _WORKER)
    return "\n".join(
        ('"use strict";', f"const SHELL = {known};", f'const FILES = "files-{version}";', *ours, "")
    )


@bp.get("/assets/<filename>")
def file(filename: str) -> ResponseReturnValue:
    """One file under the name of what it holds; a name of yesterday is not there."""
    name = re.sub(r"\.[0-9a-f]{12}\.", ".", filename)
    asset = _shelf(static_root()).get(name)
    if asset is None or asset.filename != filename:
        abort(404)
    return _answer(asset, _YEAR)


@bp.get("/favicon.svg")
def favicon() -> ResponseReturnValue:
    """The rosette in the browser's tab."""
    return _answer(_asset("favicon.svg", rosettes.favicon()), _DAY)


def _answer(asset: Asset, keep: str) -> Response:
    zipped = request.accept_encodings.quality("gzip") > 0
    response = Response(asset.zipped if zipped else asset.body, content_type=asset.type)
    response.headers["Cache-Control"] = keep
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(f"{asset.etag}-gzip" if zipped else asset.etag)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.make_conditional(request)
    return response


@cache
def _shelf(root: Path) -> dict[str, Asset]:
    texts = {
        name: "".join(_style(root / f"css/{part}.css") for part in parts) for name, parts in _STYLES.items()
    }
    texts |= {name: _script(root, parts) for name, parts in _SCRIPTS.items()}
    texts["art.svg"] = _text(root / "img/icons.svg").replace("</svg>\n", rosettes.symbols() + "</svg>")
    return {name: _asset(name, text) for name, text in texts.items()}


@cache
def _asset(name: str, text: str) -> Asset:
    body = text.encode()
    etag = hashlib.sha256(body).hexdigest()[:12]
    stem, _, kind = name.rpartition(".")
    return Asset(f"{stem}.{etag}.{kind}", body, gzip.compress(body, 9, mtime=0), _TYPES[kind], etag)


def _style(path: Path) -> str:
    """The rules without comments and without the room that only people need."""
    text = re.sub(r"/\*.*?\*/", "", _text(path), flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};,]) ?", r"\1", text).replace(": ", ":").replace(";}", "}").strip()


def _script(root: Path, parts: tuple[str, ...]) -> str:
    """htmx as it came, then each behaviour in a scope of its own: none trips on another's names."""
    ours = (f'(()=>{{"use strict";\n{_tight(_text(root / f"js/{part}.js"))}\n}})();' for part in parts)
    return "\n".join((_text(root / "vendor/htmx.min.js").strip() + ";", *ours))


def _tight(script: str) -> str:
    """Whole-line comments and indents go; anything cleverer could change what a script means."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
