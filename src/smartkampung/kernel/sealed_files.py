"""Files that lie sealed on the disk and are read piece by piece, whatever their size.

Each piece is sealed with its number and with whether it is the last, so that pieces
cannot be swapped, left out or cut off unnoticed.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from smartkampung.kernel.sealed import keyring

MARK = b"SK1"
PIECE = 1 << 20
TAG = 16
PREFIX = 7
PURPOSE = b"file"


def seal_file(path: Path, blocks: Iterable[bytes]) -> None:
    """Seal a stream into a new file that only we may read.

    A stream that fails leaves no file behind.
    """
    version, cipher = keyring().cipher()
    prefix = os.urandom(PREFIX)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(MARK + bytes([version]) + prefix)
            for number, (piece, last) in enumerate(_pieces(blocks)):
                nonce = _nonce(prefix, number, last)
                file.write(cipher.encrypt(nonce, piece, PURPOSE))
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def open_file(path: Path) -> Iterator[bytes]:
    """Yield the plain pieces of a sealed file; raise InvalidTag when it was altered."""
    with path.open("rb") as file:
        head = file.read(len(MARK) + 1 + PREFIX)
        if not head.startswith(MARK):
            raise ValueError("not a sealed file")
        _, cipher = keyring().cipher(head[len(MARK)])
        prefix, number = head[-PREFIX:], 0
        sealed = file.read(PIECE + TAG)
        while True:
            following = file.read(PIECE + TAG)
            nonce = _nonce(prefix, number, not following)
            yield cipher.decrypt(nonce, sealed, PURPOSE)
            if not following:
                return
            sealed, number = following, number + 1


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _pieces(blocks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Cut a stream into pieces of one size; there is always a last one."""
    waiting = bytearray()
    for block in blocks:
        waiting += block
        while len(waiting) > PIECE:
            yield bytes(waiting[:PIECE]), False
            del waiting[:PIECE]
    yield bytes(waiting), True
