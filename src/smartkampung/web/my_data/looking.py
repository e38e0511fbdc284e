"""Who looked at a record, as the person it is about reads it.

The office answers for a look, so the office stands here and not the name of whoever
sat there: that name is kept, and the village office or an auditor reads it out when
there is something to complain about.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from smartkampung.accounts.labels import office_words
from smartkampung.accounts.queries.people import Held, places_held
from smartkampung.audit.queries import Access
from smartkampung.residents.subject import FAMILY
from smartkampung.web.people.words import PURPOSES


@dataclass(frozen=True)
class Look:
    """One look: when, from which office, what for."""

    at: datetime
    office: str
    place: str
    purpose: str
    reason: str
    revealed: bool


def lines_of(looks: Iterable[Access]) -> list[Look]:
    """Return looks as their subject may read them."""
    rows = list(looks)
    held = places_held(Held(row.by, row.role, row.at) for row in rows)
    return [
        Look(
            at=row.at,
            office=_office(row.role),
            place=held.get(Held(row.by, row.role, row.at), ""),
            purpose=str(PURPOSES.get(row.purpose, _("Looked at this record"))),
            reason=row.reason,
            revealed=row.revealed,
        )
        for row in rows
    ]


def _office(role: str) -> str:
    if role == FAMILY:
        return _("Your own family")
    return office_words(role) or _("The system")
