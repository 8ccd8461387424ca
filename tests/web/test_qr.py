"""The QR of a code: what it holds, that it can be read, how it is named."""

import random
import re

import pytest
import segno
import zxingcpp

from portal.core.codes import alphabet
from portal.web import qr

CODE = "KRTBFLNXHDPK"


@pytest.mark.parametrize("seed", range(20))
def test_a_scanner_reads_the_bare_letters(seed: int) -> None:
    code = alphabet.mint(random.Random(seed).choice)
    [found] = zxingcpp.read_barcodes(rasterised(qr.symbol_of(code)))
    assert (found.text, found.ec_level) == (code, "Q")


@pytest.mark.parametrize("seed", range(20))
def test_it_is_a_full_qr_of_the_smallest_size_and_never_a_micro_qr(seed: int) -> None:
    symbol = qr.symbol_of(alphabet.mint(random.Random(seed).choice))
    assert (symbol.designator, symbol.is_micro, symbol.mode) == ("1-Q", False, "alphanumeric")


def test_the_drawing_itself_can_be_read() -> None:
    [found] = zxingcpp.read_barcodes(redrawn(qr.qr_svg(CODE)))
    assert found.text == CODE


def test_it_is_black_on_white_with_four_modules_around_and_no_style() -> None:
    svg = qr.qr_svg(CODE)
    assert 'viewBox="0 0 29 29" class="qr-svg"' in svg
    assert '<path fill="#fff" d="M0 0h29v29h-29z"/>' in svg
    assert svg.count('stroke="#000"') == 1
    assert "style" not in svg


def test_without_a_title_it_is_decoration() -> None:
    svg = qr.qr_svg(CODE)
    assert svg.startswith('<svg aria-hidden="true" focusable="false" ')
    assert "<title" not in svg
    assert CODE not in svg


def test_a_title_names_it() -> None:
    svg = qr.qr_svg(CODE, title="QR code for your 20% off")
    assert svg.startswith('<svg role="img" aria-labelledby="qr-title" viewBox')
    assert '<title id="qr-title">QR code for your 20% off</title>' in svg


def test_a_description_joins_the_title() -> None:
    svg = qr.qr_svg(CODE, title="QR code", description="Holds the code K R T B")
    assert 'aria-labelledby="qr-title" aria-describedby="qr-description"' in svg
    assert '<desc id="qr-description">Holds the code K R T B</desc>' in svg


def test_words_are_escaped() -> None:
    svg = qr.qr_svg(CODE, title="<b>", description="Tea & {cake}")
    assert '<title id="qr-title">&lt;b&gt;</title><desc id="qr-description">Tea &amp; {cake}</desc>' in svg


def test_what_does_not_fit_is_an_error_and_not_a_bigger_symbol() -> None:
    with pytest.raises(segno.DataOverflowError):
        qr.qr_svg("https://club.example/KRTBFLNXHDPK")


def rasterised(symbol: segno.QRCode) -> memoryview:
    """The symbol as grey pixels, with its quiet zone."""
    rows = [bytes(0 if dark else 255 for dark in row) for row in symbol.matrix_iter(scale=4, border=4)]
    return memoryview(b"".join(rows)).cast("B", (len(rows), len(rows)))


def redrawn(svg: str) -> memoryview:
    """The strokes of the drawing as grey pixels, four a module."""
    size, scale = 29, 4
    grid = [bytearray(b"\xff" * size) for _ in range(size)]
    strokes = re.search(r'stroke="#000" d="([^"]+)"', svg)
    assert strokes is not None
    across, down = 0, 0
    for move, numbers in re.findall(r"([Mmh])([-\d. ]+)", strokes[1]):
        steps = [int(float(number) // 1) for number in numbers.split()]
        if move == "M":
            across, down = steps
        elif move == "m":
            across, down = across + steps[0], down + steps[1]
        else:
            grid[down][across : across + steps[0]] = bytes(steps[0])
            across += steps[0]
    rows = [bytes(cell for cell in row for _ in range(scale)) for row in grid for _ in range(scale)]
    return memoryview(b"".join(rows)).cast("B", (size * scale, size * scale))
