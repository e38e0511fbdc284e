"""Tracking codes and one-time codes as people see and type them. Pure."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

# 32 letters and digits without I, L, O and U, which are read as others.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12  # 12 x 5 bits = 60 random bits
GROUP = 4
MISREAD = str.maketrans("OIL", "011")
ONE_TIME_DIGITS = 6
ONE_TIME_TRIES = 5
ONE_TIME_LIFE = timedelta(minutes=10)
CASE_LIFE = timedelta(days=365)
ANSWER_LIFE = timedelta(days=30)


def new_code() -> str:
    """Return a fresh tracking code as printed: ``K7QF-2M9X-TB4C``."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)))


def grouped(letters: str) -> str:
    """Put dashes between groups, as a code is read aloud."""
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def read_code(typed: str) -> str | None:
    """Return the printed form of a code as somebody typed it, or None.

    Case, spaces and dashes do not matter, and look-alikes are read as meant.
    """
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    letters = letters.translate(MISREAD)
    if len(letters) != CODE_LENGTH or any(letter not in ALPHABET for letter in letters):
        return None
    return grouped(letters)


def new_one_time_code() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(10**ONE_TIME_DIGITS):0{ONE_TIME_DIGITS}d}"


@dataclass(frozen=True)
class Limit:
    """At most ``count`` hits of one kind in a window of time."""

    scope: str
    count: int
    window: timedelta

    def window_start(self, at: datetime) -> datetime:
        """Return when the present window began."""
        seconds = int(self.window.total_seconds())
        return datetime.fromtimestamp(
            int(at.timestamp()) // seconds * seconds, tz=at.tzinfo
        )

    def seconds_left(self, at: datetime) -> int:
        """Return how long to wait until the next window, at least a second."""
        end = self.window_start(at) + self.window
        return max(1, int((end - at).total_seconds()))
