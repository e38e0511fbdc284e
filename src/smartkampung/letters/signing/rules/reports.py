"""What a check of a signed PDF found; no pyHanko, so that pages may read it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LARGEST_PDF = 5_000_000
# What stands beside a name, before it or behind it, often without a comma.
TITLES = frozenset(
    [
        *("prof", "dr", "drg", "drs", "dra", "ir", "h", "hj", "kh", "amd", "phd"),
        *("sag", "sap", "se", "sh", "shi", "sip", "sked", "skep", "skm", "skom"),
        *("sos", "ssos", "sp", "spd", "spdi", "spt", "ss", "sstp", "st", "stp"),
        *("mh", "mhum", "mip", "mkes", "mkom", "mm", "mpd", "msc", "msi", "mt"),
    ]
)


class Fault(StrEnum):
    """Why a signature is not believed."""

    ALTERED = "altered"
    STRANGER = "stranger"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NO_TIME = "no_time"


@dataclass(frozen=True)
class Signature:
    """One signature of a file, and what is wrong with it, if anything."""

    name: str
    title: str
    office: str
    at: datetime | None
    own_time: bool
    proof: str
    fault: Fault | None
    # Whether its certificate hangs on our own authority, not on one outside.
    ours: bool = False


@dataclass(frozen=True)
class Report:
    """What a file says: its signatures in order, and whether else it was changed."""

    signatures: tuple[Signature, ...]
    altered: bool = False

    @property
    def sound(self) -> bool:
        """Say whether it is signed, and nothing is wrong with any signature."""
        return (
            bool(self.signatures)
            and not self.altered
            and all(each.fault is None for each in self.signatures)
        )

    @property
    def proof(self) -> str:
        """Return the address of the square that the first signature carries."""
        return self.signatures[0].proof if self.signatures else ""

    @property
    def ours(self) -> bool:
        """Say whether our own authority vouches for who put the square in."""
        return bool(self.signatures) and self.signatures[0].ours


def adds_one(after: Report, before: int, *, holder: str) -> bool:
    """Say whether a service outside added its one signature, of whom was meant.

    ``before`` is how many there were.
    Its certificates hold a name and no number that we could compare, often in capitals
    and with degrees behind a comma.
    """
    new = after.signatures[before:]
    return (
        after.sound
        and len(new) == 1
        and not new[0].ours
        and same_name(holder, new[0].name)
    )


def same_name(one: str, other: str) -> bool:
    """Say whether two names could be of one person: no word contradicts, titles aside.

    A single word is somebody only where the other name is that word, too.
    """
    fewer, more = sorted((_words(one), _words(other)), key=len)
    return bool(fewer) and (fewer == more or (len(fewer) > 1 and fewer <= more))


def _words(name: str) -> set[str]:
    before_degrees = name.partition(",")[0].casefold()
    words = {word.replace(".", "") for word in before_degrees.split()}
    return words - TITLES - {""}
