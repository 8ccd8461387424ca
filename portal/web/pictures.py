"""Pictures from outside: decoded within limits, written anew small and bare, and sent to be kept."""

import io
import re
from collections.abc import Iterator

from flask import Response, request
from PIL import Image, ImageOps

from portal.core.offers.images import Picture

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_SENT = 200 * 1024
LARGEST_SIZE = (1200, 800)
MOST_PIXELS = 40_000_000
_FORMATS = ("PNG", "JPEG", "WEBP")
_QUALITIES = (82, 70, 55, 40, 25)
_YEAR = "private, max-age=31536000, immutable"


class PictureWrong(ValueError):
    """A file that cannot be used; the message says what to bring instead."""


def rewritten(raw: bytes) -> Picture:
    """The picture as WebP, at most 1,200 × 800 and 200 kB, turned upright and without anything else in it."""
    if len(raw) > LARGEST_FILE:
        raise PictureWrong("use a file of at most 10 MB")
    image = _bare(_decoded(raw))
    for smaller in _sizes(image):
        for quality in _QUALITIES:
            if len(body := _written(smaller, quality)) <= LARGEST_SENT:
                return Picture("webp", smaller.width, smaller.height, body)
    raise PictureWrong("use another picture: this one cannot be made small enough")


def answer(body: bytes, name: str) -> Response:
    """A picture under the name of what it holds. Not for shared caches: not everyone may see every offer."""
    response = Response(body, content_type="image/webp")
    response.headers["Cache-Control"] = _YEAR
    response.set_etag(name)
    response.make_conditional(request)
    return response


def _decoded(raw: bytes) -> Image.Image:
    """Measured before a single pixel is made, so that a small file cannot ask for a large memory."""
    _measure(*(_webp_size(raw) or (1, 1)))
    try:
        image = Image.open(io.BytesIO(raw), formats=_FORMATS)
        _measure(*image.size)
        image.load()
        return image
    except PictureWrong:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureWrong("use a picture of at most 40 million pixels") from None
    except Exception:  # noqa: BLE001 - a hostile file may fail its decoder in any way; none of them is ours
        raise PictureWrong("use a whole PNG, JPEG or WebP picture") from None


def _measure(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PictureWrong("use a picture of at most 40 million pixels")


def _webp_size(raw: bytes) -> tuple[int, int] | None:
    """What a WebP says of its size: its decoder takes the memory as soon as it is opened."""
    if not re.match(rb"RIFF....WEBP", raw[:12], re.DOTALL):
        return None
    match raw[12:16]:
        case b"VP8X":
            return _little(raw[24:27]) + 1, _little(raw[27:30]) + 1
        case b"VP8L":
            both = _little(raw[21:25])
            return (both & 0x3FFF) + 1, (both >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            return _little(raw[26:28]) & 0x3FFF, _little(raw[28:30]) & 0x3FFF
    return None


def _little(part: bytes) -> int:
    return int.from_bytes(part, "little")


def _bare(image: Image.Image) -> Image.Image:
    """Upright, in plain colours, fitted; nothing of what the file said beside them."""
    upright = ImageOps.exif_transpose(image)
    has_holes = "A" in upright.getbands() or "transparency" in upright.info
    plain = upright.convert("RGBA" if has_holes else "RGB")
    plain.thumbnail(LARGEST_SIZE, Image.Resampling.LANCZOS)
    plain.info.clear()
    return plain


def _sizes(image: Image.Image) -> Iterator[Image.Image]:
    """The picture, and smaller and smaller ones for the rare one that will not shrink otherwise."""
    yield image
    for part in (0.75, 0.5):
        size = max(1, int(image.width * part)), max(1, int(image.height * part))
        yield image.resize(size, Image.Resampling.LANCZOS)


def _written(image: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    image.save(file, "WEBP", quality=quality, method=4)
    return file.getvalue()
