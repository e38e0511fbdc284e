"""Turns events and corrections into the plain values that templates show."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.wording import short_day
from smartkampung.regions.queries import places
from smartkampung.residents.life.words import KINDS
from smartkampung.residents.queries.events import LifeEvent
from smartkampung.residents.rules.life import Kind
from smartkampung.web.life.deeds import OF_FAMILY, OF_PERSON, Deed
from smartkampung.web.life.forms import Subject
from smartkampung.web.people.present import lines, place_words

Part = dict[str, Any]


def events(actor: Actor, rows: Iterable[LifeEvent]) -> list[Part]:
    """Return events as rows of a list, each with where from and where to."""
    found = list(rows)
    codes = {event.left_region or event.joined_region for event in found}
    codes |= {event.joined_region for event in found}
    where = places(code for code in codes if code)
    by = full_names(event.recorded_by for event in found)
    return [
        {
            "kind": KINDS[Kind(event.kind)],
            "name": event.person.name,
            "url": _person_url(actor, event),
            "day": short_day(event.happened_on),
            "where": _where(event, where),
            "by": by.get(event.recorded_by, event.recorded_by),
            "told": short_day(event.recorded_at),
            "note": event.note,
        }
        for event in found
    ]


def _person_url(actor: Actor, event: LifeEvent) -> str:
    here = actor.may_in(Permission.RESIDENT_VIEW, event.person.region_code)
    return reverse("people:person", args=[event.person_id]) if here else ""


def _where(event: LifeEvent, where: Any) -> str:
    """Return "RT 007 RW 002, Sumberwangi → Malang", as far as it is known."""
    parts = [
        place_words(where[code]) if code else ""
        for code in (event.left_region, event.joined_region)
    ]
    if event.elsewhere:
        parts[0 if event.kind == Kind.MOVE_IN else 1] = event.elsewhere
    return " → ".join(part for part in parts if part)


def choice(about: Subject) -> Part:
    """Return what can have happened, to the person and to the family."""
    one = about.person
    chosen = f"?who={one.pk}" if one else ""
    return {
        "person": one,
        "family": about.family,
        "about": lines([one])[0] if one else None,
        "of_person": _offers(OF_PERSON, about, "life:person_event", one.pk)
        if one
        else [],
        "of_family": _offers(
            OF_FAMILY, about, "life:family_event", about.family.pk, chosen
        ),
    }


def _offers(
    deeds: dict[str, Deed], about: Subject, page: str, pk: int, chosen: str = ""
) -> list[Part]:
    return [
        {
            "title": deed.title,
            "hint": deed.hint,
            "url": reverse(page, args=[pk, kind]) + chosen,
        }
        for kind, deed in deeds.items()
        if deed.fits(about)
    ]


def about(subject: Subject) -> list[Part]:
    """Return the members of the family that a form is about."""
    return lines(subject.members)
