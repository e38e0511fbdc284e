"""Who may sign in place of the head, which letters, and how the paper says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Manner(StrEnum):
    """How a deputy signs: on behalf of the head, or as acting head."""

    ON_BEHALF = "an"  # a.n. Kepala Desa
    ACTING = "plh"  # Plh. Kepala Desa


# Offices of a village whose holders sign on behalf of its head, as the ministry of home
# affairs orders villages (Permendagri 84/2015) and kelurahan.
OFFICES = (
    *("Sekretaris Desa", "Kepala Urusan Tata Usaha dan Umum", "Kepala Urusan Keuangan"),
    *("Kepala Urusan Perencanaan", "Kepala Seksi Pemerintahan"),
    *("Kepala Seksi Kesejahteraan", "Kepala Seksi Pelayanan", "Sekretaris Kelurahan"),
    *(
        "Kepala Seksi Pemberdayaan Masyarakat",
        "Kepala Seksi Ketenteraman dan Ketertiban",
    ),
)
LONGEST = timedelta(days=366)


class MandateFault(StrEnum):
    """Why a mandate cannot be given so."""

    BEGINS_IN_THE_PAST = "begins_in_the_past"
    TOO_LONG = "too_long"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_OFFICE = "unknown_office"


def faults_of(
    given: "Given", *, manner: str, title: str, on: date, known: Iterable[str]
) -> list[MandateFault]:
    """Return everything wrong with a mandate that is given on a day."""
    checks = {
        MandateFault.BEGINS_IN_THE_PAST: given.since < on,
        MandateFault.TOO_LONG: given.until - given.since > LONGEST,
        MandateFault.UNKNOWN_KIND: bool(set(given.kinds) - set(known)),
        MandateFault.UNKNOWN_OFFICE: manner == Manner.ON_BEHALF
        and title not in OFFICES,
    }
    return [fault for fault, holds in checks.items() if holds]


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
