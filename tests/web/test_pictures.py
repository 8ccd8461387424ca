"""Pictures from outside become small, bare WebP, or a sentence that says what to bring instead."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image

from portal.web import pictures
from portal.web.pictures import PictureWrong


def drawn(kind: str, size: tuple[int, int] = (1600, 1200), mode: str = "RGB", **more: Any) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, "teal" if mode != "L" else 90).save(file, kind, **more)
    return file.getvalue()


def noisy() -> bytes:
    """What shrinks worst: every pixel by chance."""
    file = io.BytesIO()
    Image.effect_noise((1200, 800), 100).convert("RGB").save(file, "PNG")
    return file.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


def webp_bomb() -> bytes:
    side = (16383).to_bytes(3, "little")
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + side + side
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_what_comes_in_goes_out_as_webp_that_fits(kind: str) -> None:
    picture = pictures.rewritten(drawn(kind))
    again = Image.open(io.BytesIO(picture.body))
    assert (picture.kind, again.format, again.size) == ("webp", "WEBP", (1067, 800))
    assert again.size == (picture.width, picture.height)


def test_a_small_picture_is_not_blown_up() -> None:
    picture = pictures.rewritten(drawn("PNG", (40, 30)))
    assert (picture.width, picture.height) == (40, 30)


def test_even_noise_is_made_small_enough() -> None:
    assert len(pictures.rewritten(noisy()).body) <= 200 * 1024


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "CMYK", "1", "I;16"])
def test_every_way_to_keep_colours_is_read(mode: str) -> None:
    file = io.BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (60, 40)).save(file, kind)
    picture = pictures.rewritten(file.getvalue())
    assert Image.open(io.BytesIO(picture.body)).mode == ("RGBA" if "A" in mode else "RGB")


def test_nothing_of_what_the_camera_noted_stays() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Secret Camera", 6
    raw = drawn("JPEG", (80, 60), exif=exif, comment=b"hidden words", icc_profile=b"profile" * 20)
    assert b"Secret Camera" in raw
    picture = pictures.rewritten(raw)
    assert (picture.width, picture.height) == (60, 80)
    marks = (b"EXIF", b"XMP ", b"ICCP", b"Secret", b"hidden", b"profile")
    assert [mark for mark in marks if mark in picture.body] == []


PIXELS, WHOLE = "use a picture of at most 40 million pixels", "use a whole PNG, JPEG or WebP picture"


HOSTILE = {
    "a bomb": (bomb(50_000, 50_000), PIXELS),
    "a smaller bomb": (bomb(9000, 9000), PIXELS),
    "a long bomb": (bomb(100_000, 1000), PIXELS),
    "a bomb of the other kind": (webp_bomb(), PIXELS),
    "pixels that are not there": (bomb(600, 400), WHOLE),
    "half a PNG": (drawn("PNG")[:200], WHOLE),
    "half a WebP": (drawn("WEBP")[:60], WHOLE),
    "a GIF": (drawn("GIF", (20, 20)), WHOLE),
    "a TIFF": (drawn("TIFF", (20, 20)), WHOLE),
    "a drawing with a script": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", WHOLE),
    "a program for printers": (b"%!PS-Adobe-3.0 EPSF-3.0", WHOLE),
    "only a beginning": (b"RIFF\0\0\0\0WEBPVP8X", WHOLE),
    "nothing": (b"", WHOLE),
    "too much": (b"\xff" * (10 * 1024 * 1024 + 1), "use a file of at most 10 MB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_or_broken_is_refused(name: str) -> None:
    raw, said = HOSTILE[name]
    with pytest.raises(PictureWrong, match=said):
        pictures.rewritten(raw)
