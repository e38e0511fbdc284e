"""Problems that an operator can mend, told in one sentence and without a traceback."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Trouble(Exception):
    """What is wrong and what to do about it; ends the command with exit code 1."""


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Turn a full disk or a folder that cannot be written into a sentence."""
    try:
        yield
    except OSError as error:
        raise trouble_of(error, path) from error


def trouble_of(error: OSError, path: Path) -> Trouble:
    """Return the sentence for an error of the file system."""
    where = error.filename or path
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Trouble(
            f"The disk that holds {path} is full. Free some space and retry."
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Trouble(
            f"Cannot write to {where}. Make it writable, or choose another folder with"
            " SMARTKAMPUNG_HOME."
        )
    return Trouble(f"{error.strerror or error}: {where}")
