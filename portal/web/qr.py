"""A code as a QR: the bare letters and nothing else, drawn anew each time so that no code stays in memory."""

import segno
from markupsafe import Markup

_QUIET_ZONE = 4

_HIDDEN = Markup('aria-hidden="true" focusable="false"')
_NAMED = Markup('role="img" aria-labelledby="qr-title"')
_DESCRIBED = Markup('role="img" aria-labelledby="qr-title" aria-describedby="qr-description"')


def qr_svg(code: str, *, title: str | None = None, description: str | None = None) -> Markup:
    """An inline SVG in black on white, whatever the theme: readers of older tills fail on inverted ones.

    Without a title it is decoration beside words. A page names one at most, since names go by id.
    """
    return _named(symbol_of(code), title, description)


def partner_svg(code: str, *, title: str | None = None, description: str | None = None) -> Markup:
    """The same of a code that a partner made: exactly as it was written, in a symbol as large as it needs."""
    return _named(segno.make_qr(code, error="q", boost_error=False), title, description)


def _named(symbol: segno.QRCode, title: str | None, description: str | None) -> Markup:
    words = Markup("")
    said = _HIDDEN
    if title:
        said = _DESCRIBED if description else _NAMED
        words = Markup('<title id="qr-title">{}</title>').format(title)
    if title and description:
        words += Markup('<desc id="qr-description">{}</desc>').format(description)
    return _drawn(symbol, said, words)


def text_svg(text: str) -> Markup:
    """A number or an address, in a symbol as large as it needs; decoration beside the words themselves."""
    symbol = segno.make_qr(text, error="q", boost_error=False)
    return _drawn(symbol, _HIDDEN, Markup(""))


def symbol_of(code: str) -> segno.QRCode:
    """The symbol itself: of one size, and always a full QR, since many phones cannot read Micro QR."""
    return segno.make_qr(code, version=1, error="q", boost_error=False)


def _drawn(symbol: segno.QRCode, said: Markup, words: Markup) -> Markup:
    opening = Markup('<svg {} viewBox="0 0 {size} {size}" class="qr-svg">')
    size = symbol.symbol_size(border=_QUIET_ZONE)[0]
    return opening.format(said, size=size) + words + _modules(symbol) + Markup("</svg>")


def _modules(symbol: segno.QRCode) -> Markup:
    svg = symbol.svg_inline(border=_QUIET_ZONE, light="#fff", dark="#000", svgclass=None, lineclass=None)
    paths = svg[svg.index("<path") : svg.rindex("</svg>")]
    return Markup(paths)  # noqa: S704 - segno wrote it: paths of digits and moves, none of it from outside
