"""A text as a Code 128 barcode: our own inline SVG, in black on white whatever the theme."""

from collections.abc import Iterator

from markupsafe import Markup

_QUIET, _HEIGHT = 10, 40
_CODE_C, _CODE_B, _START_B, _START_C, _STOP = 99, 100, 104, 105, 106
# The widths of bars and spaces in turn, for the symbols 0 to 106.
_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 "
    "122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 "
    "322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 "
    "112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 "
    "331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 "
    "112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 "
    "124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 "
    "411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
_WIDTHS = _TABLE.split()
_SVG = Markup(
    '<svg aria-hidden="true" focusable="false" viewBox="0 0 {width} {height}" preserveAspectRatio="none"'
    ' class="bars">'
    '<path fill="#fff" d="M0 0h{width}v{height}h-{width}z"/><path fill="#000" d="{bars}"/></svg>'
)


def code128_svg(text: str) -> Markup:
    """The barcode, to be drawn as wide as its place; decoration, so the text must stand beside it.

    Raises ValueError for a text that holds more than printable ASCII, or nothing.
    """
    modules = runs(text)
    at, bars = _QUIET, ""
    for place, width in enumerate(modules):
        if place % 2 == 0:
            bars += f"M{at} 0h{width}v{_HEIGHT}h-{width}z"
        at += width
    return _SVG.format(width=at + _QUIET, height=_HEIGHT, bars=bars)


def runs(text: str) -> list[int]:
    """The widths of bars and spaces in turn, beginning and ending with a bar."""
    values = symbols(text)
    return [int(width) for value in values for width in _WIDTHS[value]]


def symbols(text: str) -> list[int]:
    """Start, the text, check and stop; digits go in pairs where that is shorter."""
    if not text or any(not " " <= letter <= "~" for letter in text):
        raise ValueError("a barcode holds printable ASCII only")
    data = list(_data(text))
    check = data[0] + sum(place * value for place, value in enumerate(data))
    return [*data, check % 103, _STOP]


def _data(text: str) -> Iterator[int]:
    at, in_pairs = 0, _digits(text, 0) >= min(4, len(text)) and len(text) > 1
    yield _START_C if in_pairs else _START_B
    while at < len(text):
        ahead = _digits(text, at)
        if in_pairs and ahead < 2:
            in_pairs = False
            yield _CODE_B
        elif not in_pairs and ahead % 2 == 0 and _worth_it(text, at, ahead):
            in_pairs = True
            yield _CODE_C
        yield int(text[at : at + 2]) if in_pairs else ord(text[at]) - 32
        at += 2 if in_pairs else 1


def _worth_it(text: str, at: int, ahead: int) -> bool:
    """Going over to pairs costs a symbol, and coming back another."""
    return ahead >= (4 if at + ahead == len(text) else 6)


def _digits(text: str, at: int) -> int:
    """How many digits follow, ASCII digits only."""
    end = at
    while end < len(text) and text[end] in "0123456789":
        end += 1
    return end - at
