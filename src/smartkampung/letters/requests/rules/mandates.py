"""Who may sign in place of the head, which letters, and how the paper says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Manner(StrEnum):
    """How a deputy signs: on behalf of the head, or as acting head."""

    ON_BEHALF = "an"  # a.n. Kepala Desa
    ACTING = "plh"  # Plh. Kepala Desa


@dataclass(frozen=True)
class Given:
    """A mandate as the rules look at it; no kinds means all of them."""

    id: int
    kinds: tuple[str, ...]
    since: date
    until: date  # half-open


def covering(mandates: Iterable[Given], *, kind: str, on: date) -> Given | None:
    """Return the mandate by which a kind of letter may be signed on a day."""
    for given in mandates:
        in_time = given.since <= on < given.until
        if in_time and (not given.kinds or kind in given.kinds):
            return given
    return None


def title_of(office: str, manner: str) -> str:
    """Return what stands above the name: ``Kepala Desa``, ``a.n. Kepala Desa``."""
    before = {Manner.ON_BEHALF: "a.n. ", Manner.ACTING: "Plh. "}
    return before.get(Manner(manner), "") + office if manner else office
