"""Code 128: a scanner reads back what was put in, from the drawing itself."""

import random
import re

import pytest
import zxingcpp

from portal.web import code128

PRINTABLE = "".join(map(chr, range(32, 127)))


DIGITS = ["0000000000000", "12", "7", "1234", "123", "12345", "77001234567"]
MIXED = ["A", "AB1234", "AB12345", "1234AB", "A123456B", "A1234B", "ABC-123456-XY", "  x  "]


@pytest.mark.parametrize("text", [*DIGITS, *MIXED, PRINTABLE[:48], PRINTABLE[48:]])
def test_a_scanner_reads_the_text(text: str) -> None:
    [found] = zxingcpp.read_barcodes(drawn(code128.code128_svg(text)))
    assert (found.text, found.format.name) == (text, "Code128")


@pytest.mark.parametrize("seed", range(20))
def test_a_scanner_reads_any_card_number(seed: int) -> None:
    chance = random.Random(seed)
    number = "".join(chance.choices("0123456789AZaz-", k=chance.randint(6, 20)))
    [found] = zxingcpp.read_barcodes(drawn(code128.code128_svg(number)))
    assert found.text == number


def test_digits_go_in_pairs() -> None:
    assert len(code128.symbols("1234567890123")) == 1 + 6 + 2 + 2
    assert len(code128.symbols("ABC123456")) == 1 + 3 + 1 + 3 + 2


@pytest.mark.parametrize("text", ["", "é", "１２３４", "a\nb"])
def test_what_cannot_be_a_barcode_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII"):
        code128.code128_svg(text)


def test_it_is_decoration_in_black_on_white_with_room_around() -> None:
    svg = code128.code128_svg("1234")
    assert svg.startswith('<svg aria-hidden="true" focusable="false" viewBox="0 0 77 40"')
    assert '<path fill="#fff" d="M0 0h77v40h-77z"/><path fill="#000" d="M10 0h2v40h-2z' in svg
    assert ("style" in svg, "1234<" in svg) == (False, False)


def drawn(svg: str) -> memoryview:
    """The bars of the drawing as grey pixels, three a module."""
    size = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    assert size is not None
    width, scale = int(size[1]), 3
    row = bytearray(b"\xff" * width)
    for at, wide in re.findall(r"M(\d+) 0h(\d+)v", svg.partition("#000")[2]):
        row[int(at) : int(at) + int(wide)] = bytes(int(wide))
    line = bytes(cell for cell in row for _ in range(scale))
    return memoryview(line * 60).cast("B", (60, width * scale))
