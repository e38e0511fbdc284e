"""Turns corrections into the plain values that templates show."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.people import full_names
from smartkampung.kernel.wording import moment, short_day
from smartkampung.regions.queries import places
from smartkampung.residents.corrections.words import LABELS
from smartkampung.residents.queries import Person
from smartkampung.residents.queries.corrections import (
    Correction,
    mask_of,
    recorded_value,
)
from smartkampung.residents.rules.corrections import (
    CODED,
    RESIDENT,
    SEALED,
    Field,
)
from smartkampung.residents.siak import term
from smartkampung.web.people.present import place_words, seen_by
from smartkampung.web.people.words import SEX

Part = dict[str, Any]
STATES = {"waiting": "wait", "accepted": "ok", "refused": "late"}


def state_words(state: str) -> str:
    """Return what the state of a wish is called."""
    return {
        "waiting": _("waiting"),
        "accepted": _("corrected"),
        "refused": _("refused"),
    }[state]


def lines(rows: Iterable[Correction], *, at: datetime) -> list[Part]:
    """Return wishes as rows of a list: about whom, what, since when, due when."""
    found = list(rows)
    where = places(wish.region_code for wish in found)
    return [
        {
            "pk": wish.pk,
            "name": wish.person.name,
            "field": LABELS[Field(wish.field)],
            "place": place_words(where[wish.region_code]),
            "due": moment(wish.due_at),
            "late": wish.state == "waiting" and wish.due_at < at,
            "by_resident": wish.asked_by == RESIDENT,
            "decided": short_day(wish.decided_at) if wish.decided_at else "",
            "tag": {"text": state_words(wish.state), "state": STATES[wish.state]},
        }
        for wish in found
    ]


def facts(wish: Correction, *, at: datetime) -> list[Part]:
    """Return everything about one wish, by name and value."""
    field = Field(wish.field)
    by = full_names([wish.asked_by, wish.decided_by])
    asked_by = by.get(wish.asked_by, wish.asked_by)
    wanted = wish.wanted_sealed.masked if wish.wanted_sealed else wish.wanted
    late = _("overdue") if wish.state == "waiting" and wish.due_at < at else ""
    values = [
        (_("The record says"), words(field, wish.recorded) or _("not recorded")),
        (_("It should say"), words(field, wanted)),
        (_("Why"), wish.explanation),
        (
            _("Asked by"),
            _("the family itself") if wish.asked_by == RESIDENT else asked_by,
        ),
        (_("Asked"), moment(wish.asked_at)),
        (_("To be decided by"), " · ".join(filter(None, [moment(wish.due_at), late]))),
    ]
    if wish.decided_at is not None:
        values += [
            (_("Decided"), moment(wish.decided_at)),
            (_("Decided by"), by.get(wish.decided_by, wish.decided_by)),
        ]
    return [{"name": name, "value": value} for name, value in values]


def words(field: Field, value: str) -> str:
    """Return a value in the words that people read."""
    if not value:
        return ""
    if field in CODED:
        return term(CODED[field], int(value), language=get_language() or "id")
    if field is Field.SEX:
        return str(SEX.get(value, value))
    return short_day(date.fromisoformat(value)) if field is Field.BORN_ON else value


def recorded_words(person: Person, field: Field) -> str:
    """Return what the record says now, masked where it is sealed."""
    value = recorded_value(person, field)
    return mask_of(value) if field in SEALED else words(field, value)


def choices(actor: Actor, person: Person) -> list[Part]:
    """Return the fields that an officer sees, with what they say and where to correct."""
    seen = seen_by(actor, person.region_code)
    return [
        {
            "name": LABELS[field],
            "value": recorded_words(person, field) or _("not recorded"),
            "url": reverse("life:ask_field", args=[person.pk, field.value]),
            "url_text": _("Correct"),
        }
        for field in Field
        if field.value in seen
    ]
