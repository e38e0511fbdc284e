"""A sealed file comes back whole, or not at all."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from smartkampung.kernel.sealed_files import PIECE, TAG, open_file, seal_file

HEAD = 11
SEALED_PIECE = PIECE + TAG


@pytest.mark.parametrize(
    "size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 5]
)
def test_it_comes_back_as_it_was(tmp_path: Path, size: int) -> None:
    plain = bytes(number % 251 for number in range(size))
    file = tmp_path / "sealed"
    seal_file(file, [plain[: size // 3], b"", plain[size // 3 :]])
    assert b"".join(open_file(file)) == plain
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A file of three pieces, each of one letter."""
    file = tmp_path / "sealed"
    seal_file(file, [b"a" * PIECE, b"b" * PIECE, b"c" * PIECE])
    return file


def swapped(box: bytes) -> bytes:
    first, second = HEAD + SEALED_PIECE, HEAD + 2 * SEALED_PIECE
    return box[:HEAD] + box[first:second] + box[HEAD:first] + box[second:]


@pytest.mark.parametrize(
    "harm",
    [
        lambda box: box[:-1],
        lambda box: box[: HEAD + 2 * SEALED_PIECE],
        lambda box: box[:HEAD] + box[HEAD + SEALED_PIECE :],
        lambda box: box[:100] + bytes([box[100] ^ 1]) + box[101:],
        lambda box: box + box[HEAD:],
        swapped,
    ],
    ids=["a_byte_short", "the_end_cut", "a_piece_out", "a_bit_turned", "more", "swap"],
)
def test_what_was_altered_does_not_open(sealed: Path, harm: object) -> None:
    assert callable(harm)
    sealed.write_bytes(harm(sealed.read_bytes()))
    with pytest.raises(InvalidTag):
        list(open_file(sealed))


def test_what_is_no_sealed_file_is_said(tmp_path: Path) -> None:
    file = tmp_path / "plain"
    file.write_bytes(b"nik;nama\n")
    with pytest.raises(ValueError, match="not a sealed file"):
        list(open_file(file))


def test_a_stream_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"a"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        seal_file(tmp_path / "sealed", broken())
    assert list(tmp_path.iterdir()) == []
