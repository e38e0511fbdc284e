"""A file that was built to harm meets a child process, and is said to be unreadable."""

import subprocess
import sys
import zlib

import pytest

from smartkampung.letters.signing import checked as parent
from smartkampung.letters.signing.checked import TookTooLong, checked
from smartkampung.letters.signing.checking import check_pdf
from tests.hostile import HOSTILE
from tests.signing import letter


@pytest.mark.parametrize("file", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_cannot_be_read(file: bytes) -> None:
    assert checked(file, roots=[], revoked={}) is None


def test_what_harms_the_reader_harms_nobody_else() -> None:
    # In the process itself it is an error of another kind each time.
    with pytest.raises(zlib.error):
        check_pdf(HOSTILE["a stream cut off"], roots=[], revoked={})


def test_the_child_says_what_is_true_of_a_sound_file() -> None:
    report = checked(letter(), roots=[], revoked={})
    assert report
    assert report.signatures == ()


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parent, "WAITS", 0.01)
    # Nothing is known then, least of all that it is no letter.
    with pytest.raises(TookTooLong):
        checked(letter(), roots=[], revoked={})


def test_a_third_reader_waits_for_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parent, "TURN", 0)
    with parent.READERS, parent.READERS, pytest.raises(TookTooLong):
        checked(letter(), roots=[], revoked={})
    assert checked(letter(), roots=[], revoked={})


def test_a_child_that_takes_too_much_dies() -> None:
    greedy = "from smartkampung.letters.signing import child; child.limit(); bytearray(child.MEMORY)"
    done = subprocess.run(
        [sys.executable, "-c", greedy], capture_output=True, check=False
    )
    assert b"MemoryError" in done.stderr
