"""A private key locked by a passphrase that only its officer knows.

Laid out as: mark, cost, salt, nonce, AES-256-GCM of the PKCS#8 key under scrypt of the
passphrase. The box is sealed once more by the keyring before it is kept, so that a dump
of the database alone does not even allow to guess.
"""

import os
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MARK = b"PK1"
SALT, NONCE = 16, 12


class Cost:
    """How dear a guess is, as a power of two; 15 is 32 MB and a tenth of a second."""

    log_n = 15


class WrongKey(Exception):
    """The passphrase does not open the box."""


def lock(key_der: bytes, passphrase: str) -> bytes:
    """Return a private key that only the passphrase opens."""
    salt, nonce, cost = os.urandom(SALT), os.urandom(NONCE), Cost.log_n
    head = MARK + bytes([cost]) + salt + nonce
    cipher = AESGCM(_stretched(passphrase, salt, cost))
    return head + cipher.encrypt(nonce, key_der, head)


def unlock(box: bytes, passphrase: str) -> bytes:
    """Return the private key; raise WrongKey when the passphrase is another."""
    head = box[: len(MARK) + 1 + SALT + NONCE]
    salt, nonce = head[len(MARK) + 1 : -NONCE], head[-NONCE:]
    cipher = AESGCM(_stretched(passphrase, salt, head[len(MARK)]))
    try:
        return cipher.decrypt(nonce, box[len(head) :], head)
    except InvalidTag:
        raise WrongKey from None


def _stretched(passphrase: str, salt: bytes, cost: int) -> bytes:
    # Phones and desks write the same letter differently.
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    return Scrypt(salt=salt, length=32, n=1 << cost, r=8, p=1).derive(typed)
