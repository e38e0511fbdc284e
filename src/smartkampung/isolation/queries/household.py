"""Whom of a party the registry knows: for pages that also ask other domains."""

from smartkampung.isolation.models import Stay
from smartkampung.isolation.rules.states import StayState
from smartkampung.residents.queries.matching import match_identity

CARED_FOR = (StayState.EXPECTED, StayState.PRESENT, StayState.HOSPITAL)


def known_people(stay: Stay) -> list[int]:
    """Return the ids of those of a party who proved to be somebody in the registry.

    Whom a booking merely names is nobody yet: anybody may type any NIK.
    """
    rows = Stay.objects.filter(
        reservation=stay.reservation_id, bound=True, state__in=CARED_FOR
    ).order_by("pk")
    found = (row.person_id or _matched(row) for row in rows)
    return list(dict.fromkeys(one for one in found if one is not None))


def _matched(row: Stay) -> int | None:
    match = match_identity(nik=row.nik) if row.nik is not None else None
    # Two who claim one NIK are told apart by people, and not by a page.
    return match.person.pk if match is not None and not match.contested else None
