"""The branches of the economy, as forms and tables name them."""

from dataclasses import dataclass

from django.utils.translation import get_language

from smartkampung.recovery.affected.models import Sector


@dataclass(frozen=True)
class Branch:
    """One branch, in the language that is spoken now."""

    code: str
    name: str
    kbli: str
    tourism: bool


def branches() -> list[Branch]:
    """Return every branch, those of tourism first; "other" last."""
    rows = [
        Branch(row.code, _name(row), row.kbli, row.tourism)
        for row in Sector.objects.all()
    ]
    return sorted(
        rows, key=lambda row: (row.code == "other", not row.tourism, row.name)
    )


def branch_names() -> dict[str, str]:
    """Return the name of each branch by its code."""
    return {row.code: row.name for row in branches()}


def _name(row: Sector) -> str:
    return row.name_en if get_language() == "en" else row.name
