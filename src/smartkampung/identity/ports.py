"""What we ask of a civil-registry service, whichever it is.

It answers match or no match for each field and never returns data; an answer that
holds anything else is not taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from smartkampung.identity.rules import Field


class Unavailable(Exception):
    """The service cannot answer now; the question waits. ``code`` is kept and shown."""

    def __init__(self, code: str, *, wait: timedelta | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.wait = wait


class OverQuota(Unavailable):
    """The service says that today's questions are used up."""


class NotTaken(Exception):
    """The service will never take this question: it holds it to be malformed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Question:
    """A NIK and what the record says beside it. Printing it shows nothing."""

    nik: str = field(repr=False)
    fields: Mapping[Field, str] = field(repr=False)


@dataclass(frozen=True)
class Answer:
    """Whether the NIK exists, and for each field that was asked whether it agrees."""

    found: bool
    agrees: Mapping[Field, bool]


class Port(Protocol):
    """One civil-registry service."""

    def compare(self, question: Question, *, key: str) -> Answer:
        """Compare one record, or raise Unavailable, OverQuota or NotTaken.

        ``key`` is the same when a question is sent again after a crash, so that the
        service answers it again without counting it twice. Errors hold no data.
        """
