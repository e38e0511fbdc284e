"""Values that no dump, log, URL or template can leak: NIK, family-card number, phone.

A sealed value is AES-GCM ciphertext under a key that lives outside the database;
equality is asked of a separate keyed HMAC, the blind index. The first byte of both
is the version of the key, so that keys can be rotated.
"""

import base64
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

NONCE_BYTES = 12
NONCES_AT_ONCE = 4_096
INDEX_BYTES = 16
SHOWN_DIGITS = 4


@dataclass(frozen=True)
class _Key:
    seal: bytes
    index: bytes


class Keyring:
    """The keys of one deployment, by version; the current one seals new values.

    Fingerprints keep their own version (``index``): they carry the promise that a NIK
    stands once, and two versions side by side could not keep it.
    """

    def __init__(self, keys: dict[int, _Key], current: int, index: int = 0) -> None:
        self.current = current
        self._index_version = index or current
        self._ciphers = {version: AESGCM(key.seal) for version, key in keys.items()}
        self._index_keys = {
            version: hmac.new(key.index, digestmod="sha256")
            for version, key in keys.items()
            if key.index
        }
        self._nonces: list[bytes] = []
        os.register_at_fork(after_in_child=self._nonces.clear)

    @property
    def versions(self) -> list[int]:
        """Return the versions whose values can be opened, the oldest first."""
        return sorted(self._ciphers)

    def seal(self, plain: str, purpose: str) -> bytes:
        """Encrypt for one purpose; a value sealed for another purpose will not open."""
        nonce = self._nonce()
        cipher = self._ciphers[self.current]
        box = cipher.encrypt(nonce, plain.encode(), purpose.encode())
        return bytes([self.current]) + nonce + box

    def _nonce(self) -> bytes:
        """Return random bytes that no other value is sealed with.

        Fetched by the thousand, because asking the system lets another thread run. A
        list gives each away once, whatever thread asks; a forked child begins anew.
        """
        try:
            return self._nonces.pop()
        except IndexError:
            fresh = os.urandom(NONCE_BYTES * NONCES_AT_ONCE)
            ends = range(NONCE_BYTES, len(fresh) + 1, NONCE_BYTES)
            self._nonces.extend(fresh[end - NONCE_BYTES : end] for end in ends)
            return os.urandom(NONCE_BYTES)

    def open(self, box: bytes, purpose: str) -> str:
        """Decrypt; raise InvalidTag when the box was altered or is for another purpose."""
        cipher = self._ciphers[box[0]]
        nonce, body = box[1 : 1 + NONCE_BYTES], box[1 + NONCE_BYTES :]
        return cipher.decrypt(nonce, body, purpose.encode()).decode()

    def cipher(self, version: int | None = None) -> tuple[int, AESGCM]:
        """Return a key (the current one unless said) for what seals piece by piece."""
        version = self.current if version is None else version
        return version, self._ciphers[version]

    def index(self, plain: str, purpose: str) -> bytes:
        """Return the keyed fingerprint by which equal values find each other."""
        return self._fingerprint(self._index_version, plain, purpose)

    def indexes(self, plain: str, purpose: str) -> list[bytes]:
        """Return the fingerprints under every live key, the current one first."""
        others = sorted(set(self._index_keys) - {self._index_version}, reverse=True)
        return [
            self._fingerprint(version, plain, purpose)
            for version in (self._index_version, *others)
        ]

    def _fingerprint(self, version: int, plain: str, purpose: str) -> bytes:
        # A copy has taken in the key already: that spares a third of each, and an
        # import of a regency makes millions.
        digest = self._index_keys[version].copy()
        digest.update(f"{purpose}:{plain}".encode())
        return bytes([version]) + digest.digest()[:INDEX_BYTES]


def write_new_keys(path: Path) -> None:
    """Make a key file that only its owner may read; never overwrite one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = {
        "current": 1,
        "keys": {
            "1": {
                name: base64.b64encode(secrets.token_bytes(32)).decode()
                for name in ("seal", "index")
            }
        },
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(keys, file)


@lru_cache(maxsize=4)
def read_keys(path: Path) -> Keyring:
    """Read the key file; raise ImproperlyConfigured with what the operator must do."""
    try:
        content = json.loads(path.read_text())
    except FileNotFoundError:
        raise ImproperlyConfigured(
            f"No key file at {path}. Make one with: smartkampung keys new"
        ) from None
    keys = {
        int(version): _Key(
            base64.b64decode(pair["seal"]), base64.b64decode(pair.get("index", ""))
        )
        for version, pair in content["keys"].items()
    }
    current = int(content["current"])
    return Keyring(keys, current, int(content.get("index", current)))


def keyring() -> Keyring:
    """Return the keys of this deployment."""
    return read_keys(Path(settings.KEY_FILE))


@dataclass(frozen=True)
class Sealed:
    """A sealed value in memory. Printing it shows a mask, whatever prints it.

    Only ``audit.actions.reveal`` may call ``open``: it writes down who looked.
    """

    box: bytes
    purpose: str

    @classmethod
    def of(cls, plain: str, purpose: str) -> "Sealed":
        """Seal a plain value."""
        return cls(keyring().seal(plain, purpose), purpose)

    def open(self) -> str:
        """Return the plain value. Callers other than ``reveal`` break the promise."""
        return keyring().open(self.box, self.purpose)

    def indexes(self) -> list[bytes]:
        """Return the fingerprints of the value under every live key, for look-ups."""
        return keyring().indexes(self.open(), self.purpose)

    @property
    def masked(self) -> str:
        """Return dots and the last digits, enough to tell two cards apart."""
        plain = self.open()
        return "•" * (len(plain) - SHOWN_DIGITS) + plain[-SHOWN_DIGITS:]

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"<Sealed {self.purpose}>"


def blind_index(plain: str, purpose: str) -> bytes:
    """Return the fingerprint to store beside a sealed value."""
    return keyring().index(plain, purpose)


def blind_indexes(plain: str, purpose: str) -> list[bytes]:
    """Return the fingerprints to look up a value by, whichever key sealed the row."""
    return keyring().indexes(plain, purpose)


class SealedField(models.BinaryField):  # type: ignore[type-arg]  # no type argument at run time
    """A bytea column that reads and writes ``Sealed`` values of one purpose."""

    def __init__(self, *, purpose: str, **options: Any) -> None:
        self.purpose = purpose
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "purpose": self.purpose}

    def from_db_value(
        self, value: bytes | None, expression: object, connection: object
    ) -> Sealed | None:
        """Wrap what the database returned."""
        return None if value is None else Sealed(bytes(value), self.purpose)

    def get_db_prep_value(
        self, value: Any, connection: Any, prepared: bool = False
    ) -> Any:
        """Accept only sealed values, so that plain text cannot be stored by mistake."""
        if isinstance(value, Sealed):
            value = value.box
        elif value is not None:
            raise TypeError(f"{self.name} takes Sealed values, not {type(value)}")
        return super().get_db_prep_value(value, connection, prepared)
