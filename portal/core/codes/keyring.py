"""The keys that codes and PINs are kept under. They live outside the database and outside its backup.

Each version has one master of 32 bytes; what is used for one purpose is derived from it and fits no other.
"""

import base64
import binascii
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.core.base import Entropy

_MASTER_LENGTH = 32
_NONCE_LENGTH = 12
_LAST_VERSION = 255
_PURPOSES = ("lookup", "seal", "pin", "forms", "mail", "presence", "fingerprint")
_RESTORE = "Restore the key file from its own copy; new keys would open none of the codes that exist."


class KeyFileBroken(ValueError):
    """The key file cannot be used; the message says what to mend and shows nothing of the keys."""


class SealBroken(Exception):
    """A sealed code does not open: other keys, another claim, or bytes that somebody changed."""


@dataclass(frozen=True, eq=False)
class Keyring:
    """All versions of the keys. New codes use the highest; older ones still find and open what they made."""

    masters: Mapping[int, bytes] = field(repr=False)
    versions: tuple[int, ...] = field(init=False)
    _derived: Mapping[tuple[int, str], bytes] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        masters = dict(self.masters)
        _refuse_faulty(masters)
        derived = {(version, use): _derive(masters[version], use) for version in masters for use in _PURPOSES}
        object.__setattr__(self, "masters", MappingProxyType(masters))
        object.__setattr__(self, "versions", tuple(sorted(masters, reverse=True)))
        object.__setattr__(self, "_derived", MappingProxyType(derived))

    @property
    def current(self) -> int:
        """The version that new codes are made under."""
        return self.versions[0]

    def fingerprints(self) -> dict[int, str]:
        """Of each version, what may be written down anywhere: it recognises the key and betrays nothing."""
        return {version: self._derived[version, "fingerprint"].hex()[:32] for version in self.versions}

    def forms_keys(self) -> list[bytes]:
        """Secrets for the signatures in web forms, newest first: the first signs, all are accepted."""
        return [self._derived[version, "forms"] for version in self.versions]

    def lookup(self, code: str, version: int | None = None) -> bytes:
        """The 32 bytes by which a code is found without being kept."""
        return self._hash("lookup", code, version or self.current)

    def lookups(self, code: str) -> list[bytes]:
        """The same under every version, newest first."""
        return [self._hash("lookup", code, version) for version in self.versions]

    def pin_lookup(self, pin: str, store_code: str = "", version: int | None = None) -> bytes:
        """The 32 bytes that stand for a staff PIN, of one store where PINs are a store's own."""
        return self._hash("pin", f"{store_code}\0{pin}", version or self.current)

    def pin_lookups(self, pin: str, store_code: str = "") -> list[bytes]:
        """The same under every version, newest first."""
        return [self.pin_lookup(pin, store_code, version) for version in self.versions]

    def mail_secret(self, seed: str, version: int | None = None) -> bytes:
        """What a mail's digits and link are made from when it is sent; it is kept nowhere."""
        return self._hash("mail", seed, version or self.current)

    def presence_secrets(self, store_code: str) -> list[bytes]:
        """What the codes that a store's counter shows are made from, under every version, newest first."""
        return [self._hash("presence", store_code, version) for version in self.versions]

    def seal(self, code: str, bound_to: str, entropy: Entropy) -> bytes:
        """The code, to be opened again with these keys for the one claim whose reference this is."""
        head, nonce = bytes([self.current]), entropy(_NONCE_LENGTH)
        return (
            head + nonce + self._cipher(self.current).encrypt(nonce, code.encode(), _binding(head, bound_to))
        )

    def open(self, sealed: bytes, bound_to: str) -> str:
        """The code inside, or SealBroken."""
        head, nonce, body = sealed[:1], sealed[1 : 1 + _NONCE_LENGTH], sealed[1 + _NONCE_LENGTH :]
        if not body:
            raise SealBroken("the sealed code is cut short")
        version = head[0]
        if version not in self.versions:
            raise SealBroken(f"the code was sealed with key version {version}, which is not in the key file")
        try:
            return self._cipher(version).decrypt(nonce, body, _binding(head, bound_to)).decode()
        except InvalidTag:
            raise SealBroken(
                "the sealed code belongs to other keys or another claim, or was changed"
            ) from None

    def rotated(self, entropy: Entropy) -> "Keyring":
        """These keys and one more, which new codes will use."""
        return Keyring({**self.masters, self.current + 1: entropy(_MASTER_LENGTH)})

    def _hash(self, purpose: str, text: str, version: int) -> bytes:
        return hmac.digest(self._derived[version, purpose], text.encode(errors="surrogatepass"), "sha256")

    def _cipher(self, version: int) -> AESGCM:
        return AESGCM(self._derived[version, "seal"])


def new(entropy: Entropy) -> Keyring:
    """A first set of keys."""
    return Keyring({1: entropy(_MASTER_LENGTH)})


def dumps(keyring: Keyring) -> str:
    """What the key file holds."""
    keys = [
        {"version": version, "key": base64.b64encode(keyring.masters[version]).decode()}
        for version in sorted(keyring.versions)
    ]
    return json.dumps({"keys": keys}, indent=2) + "\n"


def loads(text: str) -> Keyring:
    """The keys in a key file, or KeyFileBroken, which names the mend."""
    try:
        entries = json.loads(text)["keys"]
    except json.JSONDecodeError as fault:
        raise KeyFileBroken(f"The key file is not JSON (line {fault.lineno}). {_RESTORE}") from None
    except (KeyError, TypeError, ValueError, RecursionError):
        raise KeyFileBroken(f'The key file has no list called "keys". {_RESTORE}') from None
    if not isinstance(entries, list) or not entries:
        raise KeyFileBroken(f"The key file holds no key. {_RESTORE}")
    masters: dict[int, bytes] = {}
    for place, entry in enumerate(entries, start=1):
        version, master = _version_and_master(entry, place)
        if version in masters:
            raise KeyFileBroken(f"Key version {version} stands twice in the key file. {_RESTORE}")
        masters[version] = master
    return Keyring(masters)


def _version_and_master(entry: object, place: int) -> tuple[int, bytes]:
    version, key = (entry.get("version"), entry.get("key")) if isinstance(entry, dict) else (None, None)
    if type(version) is not int or not isinstance(key, str):
        raise KeyFileBroken(f'Key number {place} in the key file needs "version" and "key". {_RESTORE}')
    try:
        return version, base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        raise KeyFileBroken(f"Key version {version} is not base64 text. {_RESTORE}") from None


def _refuse_faulty(masters: Mapping[int, bytes]) -> None:
    if not masters:
        raise KeyFileBroken(f"There is no key. {_RESTORE}")
    for version, master in masters.items():
        if not 1 <= version <= _LAST_VERSION:
            raise KeyFileBroken(f"Key version {version} is not between 1 and {_LAST_VERSION}. {_RESTORE}")
        if len(master) != _MASTER_LENGTH:
            raise KeyFileBroken(f"Key version {version} is {len(master)} bytes long, not 32. {_RESTORE}")


def _derive(master: bytes, purpose: str) -> bytes:
    info = f"counterfoil {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(master)


def _binding(head: bytes, bound_to: str) -> bytes:
    return head + b"code of claim " + bound_to.encode()
