"""Turns people into the plain values that templates show, by what a role may see."""

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import today
from smartkampung.kernel.wording import short_day
from smartkampung.regions.queries import Place, names, places
from smartkampung.residents.queries import Family, Person
from smartkampung.residents.rules.fields import FIELDS, fields_seen
from smartkampung.residents.siak import term
from smartkampung.residents.words import flag_words
from smartkampung.web.people.words import CODED, LABELS, SEX, STATUS

Part = dict[str, Any]
SEALED: dict[str, Callable[[Person], Any]] = {
    "nik": lambda person: person.nik,
    "kk": lambda person: person.family.kk,
    "phone": lambda person: person.family.phone,
}


def seen_by(actor: Actor, code: str) -> frozenset[str]:
    """Return the fields that the actor sees of somebody in that place."""
    roles = actor.roles_in(Permission.RESIDENT_VIEW, code)
    return fields_seen(role.value for role in roles)


def facts(actor: Actor, person: Person) -> list[Part]:
    """Return name and value of every field that is recorded and may be seen."""
    return facts_among(seen_by(actor, person.region_code), person)


def facts_among(seen: Container[str], person: Person) -> list[Part]:
    """Return name and value of those fields that are recorded."""
    values = field_values(person)
    return [
        {"field": name, "name": LABELS[name], "value": values[name]}
        for name in LABELS
        if name in seen and values[name]
    ]


def field_values(person: Person) -> dict[str, str]:
    """Return every field of a person in words, sealed numbers as masks."""
    where = place_words(places([person.region_code])[person.region_code])
    values = {name: _value(person, name) for name in LABELS}
    return values | {"name": person.name, "place": where}


def _value(person: Person, name: str) -> str:
    if name in CODED:
        code: int | None = getattr(person, name)
        return term(CODED[name], code, language=get_language() or "id")
    if name in SEALED:
        return masked(SEALED[name](person))
    if name == "sex":
        return str(SEX.get(person.sex, person.sex))
    if name == "born_on":
        return born(person.born_on)
    return person.family.address if name == "address" else getattr(person, name, "")


def flags(actor: Actor, person: Person) -> list[str]:
    """Return what the NIK disagrees with, for those who see the NIK's mask."""
    seen = seen_by(actor, person.region_code)
    return flag_words(person.nik_flags) if "nik" in seen else []


def masked(sealed: Any) -> str:
    """Return the mask of a sealed value, or nothing when there is none."""
    return sealed.masked if sealed is not None else ""


def born(on: date | None) -> str:
    """Return "12 April 1985 (41 tahun)"."""
    if on is None:
        return ""
    return f"{short_day(on)} ({age_words(on)})"


def age_words(on: date) -> str:
    """Return the age in whole years."""
    now = today()
    years = now.year - on.year - ((now.month, now.day) < (on.month, on.day))
    return ngettext("%(years)d year", "%(years)d years", years) % {"years": years}


def area_words(code: str) -> str:
    """Return what an area is called, from an RT up to the whole regency."""
    return place_words(places([code])[code]) or names([code]).get(code, code)


def place_words(place: Place) -> str:
    """Return "RT 007 RW 002, Sumberwangi, Lereng"."""
    rt = f"RT {place.rt} " if place.rt else ""
    rw = f"RW {place.rw}" if place.rw else ""
    return ", ".join(filter(None, [(rt + rw).strip(), place.village, place.kecamatan]))


def status_tag(person: Person) -> Part:
    """Return the word for living, dead, moved or missing."""
    words, state = STATUS[person.status]
    return {"text": words, "state": state}


def lines(people: Iterable[Person]) -> list[Part]:
    """Return people as rows of a list; no number of theirs is in it."""
    rows = list(people)
    where = places(person.region_code for person in rows)
    return [
        {
            "pk": person.pk,
            "name": person.name,
            "sex": SEX.get(person.sex, person.sex),
            "born": born(person.born_on),
            "place": place_words(where[person.region_code]),
            "status": None if person.status == "living" else status_tag(person),
            "relation": term(
                CODED["relation"], person.relation, language=get_language() or "id"
            ),
        }
        for person in rows
    ]


def recorded(person: Person, field: str) -> str:
    """Return what one field of a person or card says; a number shows its mask."""
    if field == "name":
        return person.name
    facts = facts_among({field}, person)
    return str(facts[0]["value"]) if facts else ""


def with_numbers(facts: list[Part], digits: Mapping[str, str]) -> list[Part]:
    """Return facts with these numbers in full, which the caller opened by ``reveal``."""
    return [
        {**fact, "value": digits.get(fact["field"]) or fact["value"]} for fact in facts
    ]


def on_the_card(person: Person) -> Part:
    """Return a member as the family card shows one: a name, and what is recorded."""
    shown = {"name", "place", "address", "kk", "phone"}
    return {
        "name": person.name,
        "status": None if person.status == "living" else status_tag(person),
        "relation": _value(person, "relation"),
        "facts": facts_among(set(FIELDS) - shown - {"relation"}, person),
    }


def numbers(person: Person) -> list[tuple[str, str]]:
    """Return the sealed numbers on record, as choices of what to open."""
    return [
        (name, str(LABELS[name]))
        for name, value in SEALED.items()
        if value(person) is not None
    ]


def in_fours(digits: str) -> str:
    """Return digits in groups of four, to be read aloud."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def family_facts(actor: Actor, family: Family) -> list[Part]:
    """Return name and value of what is recorded on a family card."""
    return family_facts_among(seen_by(actor, family.region_code), family)


def family_facts_among(seen: Container[str], family: Family) -> list[Part]:
    """Return name and value of those fields of a family card."""
    where = place_words(places([family.region_code])[family.region_code])
    values = {
        "kk": masked(family.kk),
        "temporary_id": family.temporary_id,
        "phone": masked(family.phone),
        "place": where,
        "address": ", ".join(filter(None, [family.address, family.dusun])),
    }
    return [
        {"field": name, "name": LABELS[name], "value": value or _("not recorded")}
        for name, value in values.items()
        if name in seen and (value or name != "temporary_id")
    ]
