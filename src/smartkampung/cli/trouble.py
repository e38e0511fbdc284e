"""Problems that an operator can mend, told in one sentence and without a traceback."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# PostgreSQL writes its log ahead in files of 16 MB, and stops when one finds no room.
A_LOG_FILE = 17_000_000


class Trouble(Exception):
    """What is wrong and what to do about it; ends the command with exit code 1."""


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Turn a full disk or a folder that cannot be written into a sentence."""
    try:
        yield
    except OSError as error:
        raise trouble_of(error, path) from error


def is_full(path: Path) -> bool:
    """Say whether the disk below a folder has no room for one more file of a log."""
    try:
        return shutil.disk_usage(path).free < A_LOG_FILE
    except OSError:
        return False


def trouble_of(error: OSError, path: Path) -> Trouble:
    """Return the sentence for an error of the file system."""
    where = error.filename or path
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return disk_full(path)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Trouble(
            f"Cannot write to {where}. Make it writable, or choose another folder with"
            " SMARTKAMPUNG_HOME."
        )
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return Trouble(
            f"There is no folder {where}, and none can be made. Choose another with"
            " SMARTKAMPUNG_HOME."
        )
    return Trouble(f"{error.strerror or error}: {where}")


def disk_full(path: Path) -> Trouble:
    """Return the sentence for a disk without room."""
    return Trouble(f"The disk that holds {path} is full. Free some space and retry.")
