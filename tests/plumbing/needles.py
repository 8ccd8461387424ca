"""Finding codes in a haystack of bytes: as they are, in groups, small, URL-, base64- and hex-encoded."""

import re
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterator
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from portal.core.codes import alphabet

FORMS = (
    "plain",
    "grouped",
    "groups in a list",
    "lower case",
    "URL-encoded",
    "base64-encoded",
    "hex-encoded",
    "each letter URL-encoded",
)
BLOCK, OVERLAP = 4096, 80
_OURS = alphabet.ALPHABET + alphabet.ALPHABET.lower()
# Every letter of ours becomes its capital and everything else a dot; what stands between groups is left out.
_LETTERS = bytes(ord(chr(byte).upper()) if chr(byte) in _OURS else ord(".") for byte in range(256))
_STANDARD = bytes.maketrans(b"-_", b"+/")
_BETWEEN = b" \t,+_-'\""
_ESCAPED = re.compile(b"%20|&#3[49];|&quot;")
_RUN = re.compile(rb"[^.]{%d,}" % alphabet.LENGTH)
_HEX = re.compile(rb"[0-9A-Fa-f]{%d,}" % (2 * alphabet.LENGTH))
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{%d,}" % (4 * alphabet.LENGTH // 3))
_PERCENT = re.compile(rb"(?:%%[0-9A-Fa-f]{2}){%d,}" % alphabet.LENGTH)


def forms(code: str) -> dict[str, bytes]:
    """The disguises a code is looked for in."""
    grouped = alphabet.grouped(code)
    return {
        "plain": code.encode(),
        "grouped": grouped.encode(),
        "groups in a list": str(grouped.split()).encode(),
        "lower case": code.lower().encode(),
        "URL-encoded": quote(grouped).encode(),
        "base64-encoded": b64encode(b"code=" + code.encode()),
        "hex-encoded": code.encode().hex().encode(),
        "each letter URL-encoded": "".join(f"%{ord(letter):02X}" for letter in code).encode(),
    }


class Haystack:
    """Searches for these codes; a block of bytes that it has seen before costs next to nothing."""

    def __init__(self, codes: Collection[str]) -> None:
        self._codes = frozenset(code.encode() for code in codes)
        self._seen: set[bytes] = set()
        self.files = self.bytes = 0

    def found_in(self, file: Path) -> set[str]:
        """The codes in a file."""
        try:
            held = file.read_bytes()
        except FileNotFoundError:  # a database at work clears away behind itself
            return set()
        self.files, self.bytes = self.files + 1, self.bytes + len(held)
        return {code for start in range(0, len(held), BLOCK) for code in self._new(held, start)}

    def found(self, held: bytes) -> set[str]:
        """The codes in these bytes, in any disguise."""
        return {code.decode() for bare in _undone(held) for code in self._in(bare)}

    def _new(self, held: bytes, start: int) -> set[str]:
        block = held[start : start + BLOCK + OVERLAP]
        mark = blake2b(block, digest_size=16).digest()
        if mark in self._seen:
            return set()
        self._seen.add(mark)
        return self.found(block)

    def _in(self, bare: bytes) -> Iterator[bytes]:
        letters = _ESCAPED.sub(b"", bare).translate(_LETTERS, _BETWEEN)
        for run in _RUN.findall(letters):
            for start in range(len(run) - alphabet.LENGTH + 1):
                if (twelve := run[start : start + alphabet.LENGTH]) in self._codes:
                    yield twelve


def _undone(held: bytes) -> Iterator[bytes]:
    """The bytes themselves, and what encoded stretches of them stand for."""
    yield held
    for run in _PERCENT.findall(held):
        yield unquote_to_bytes(run)
    for run in _HEX.findall(held):
        for start in (0, 1):
            yield bytes.fromhex(run[start : len(run) - (len(run) - start) % 2].decode())
    for run in _BASE64.findall(held):
        yield from (_from_base64(run[start:]) for start in range(4))


def _from_base64(run: bytes) -> bytes:
    """What the stretch stands for, if it begins here; its end need not be padded."""
    whole = run[:-1] if len(run) % 4 == 1 else run
    return b64decode(whole.translate(_STANDARD) + b"=" * (-len(whole) % 4))
