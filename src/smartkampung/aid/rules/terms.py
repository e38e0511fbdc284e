"""What a programme promises from now on, as Dinsos may change it."""

from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256


@dataclass(frozen=True)
class Terms:
    """Everything about a programme that may change while it runs.

    Code, unit and commodity stay: entitlements, budgets and once-a-period rest on them.
    """

    name: str
    name_en: str
    amount: int
    contents: str
    contents_en: str
    period: str
    funding: str
    since: date
    until: date | None
    legal_reference: str
    source: str
    takes_reports: bool
    criteria_needed: int
    sensitive: bool

    @property
    def mark(self) -> str:
        """Return a short text that differs whenever any of the terms does."""
        return sha256(repr(sorted(asdict(self).items())).encode()).hexdigest()[:16]


NAMES = tuple(Terms.__dataclass_fields__)


def differences(old: Terms, new: Terms) -> dict[str, list[str]]:
    """Return each changed term with what it was and what it is, as text."""
    before, after = asdict(old), asdict(new)
    return {
        name: [_text(before[name]), _text(after[name])]
        for name in NAMES
        if before[name] != after[name]
    }


def _text(value: object) -> str:
    return "" if value is None else str(value)
