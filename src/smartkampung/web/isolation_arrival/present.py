"""Plain values of parties and people: who, where and whether they are there.

Nothing here is about health: the pillars read these pages, too.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smartkampung.isolation.arrival.queries.parties import (
    bed_of,
    expected_of,
    people_of,
)
from smartkampung.isolation.arrival.rules.coming import Timing, timing
from smartkampung.isolation.arrival.words import STAYS, TIMINGS
from smartkampung.isolation.booking.words import ENTRY_POINTS, NEEDS, SEXES
from smartkampung.kernel.wording import long_day
from smartkampung.regions.queries import Place, places

Part = dict[str, Any]


def place_words(place: Place) -> str:
    """Return "RT 007 RW 002 Sumberwangi"."""
    parts = [f"RT {place.rt}" if place.rt else "", f"RW {place.rw}" if place.rw else ""]
    return " ".join(filter(None, [*parts, place.village or place.kecamatan]))


def where(codes: Iterable[str]) -> dict[str, str]:
    """Return the words for many region codes, in at most one query."""
    return {code: place_words(place) for code, place in places(codes).items()}


def age(born_on: date | None, today: date) -> str:
    """Return "34 years", or nothing where the birth date is unknown."""
    if born_on is None:
        return ""
    years = today.year - born_on.year
    years -= (today.month, today.day) < (born_on.month, born_on.day)
    return ngettext("%(years)d year", "%(years)d years", years) % {"years": years}


def person(stay: Any, today: date) -> Part:
    """Return one person of a party: presence, and the bed if there is one."""
    text, colour = STAYS[stay.state]
    bed = bed_of(stay)
    facts = [str(SEXES[stay.sex]), age(stay.born_on, today)]
    return {
        "id": stay.pk,
        "name": stay.name,
        "facts": ", ".join(filter(None, facts)),
        "tag": {"text": text, "state": colour},
        "bed": _("%(room)s, bed %(bed)s") % {"room": bed.room.name, "bed": bed.name}
        if bed
        else "",
    }


def party(row: Any, today: date) -> Part:
    """Return a whole party as the pages show it."""
    return {
        "id": row.pk,
        "people": [person(stay, today) for stay in people_of(row)],
        "rows": _rows(row, today),
        "timing": timing_tag(row.arrives_on, today) if expected_of(row) else None,
        "title": title(row),
        "place": destination(row),
    }


def brief(rows: Sequence[Any], today: date) -> list[Part]:
    """Return parties in a line each: who, when, to which house or village; no address."""
    villages = where({row.region_code for row in rows})
    return [
        {
            "id": row.pk,
            "title": title(row),
            "timing": timing_tag(row.arrives_on, today),
            "place": ", ".join(
                filter(
                    None,
                    [row.house.name if row.house else "", villages[row.region_code]],
                )
            ),
        }
        for row in rows
    ]


def title(row: Any) -> str:
    """Return "Wayan and 2 others"."""
    people = people_of(row)
    if not people:
        return _("Nobody any more")
    others = len(people) - 1
    if not others:
        return str(people[0].name)
    words = ngettext(
        "%(name)s and %(others)d other", "%(name)s and %(others)d others", others
    )
    return words % {"name": people[0].name, "others": others}


def destination(row: Any) -> str:
    """Return the house with its village, or the address of the home."""
    place = where([row.region_code])[row.region_code]
    name = row.house.name if row.house else row.address
    return f"{name}, {place}" if name else place


def timing_tag(arrives_on: date, today: date) -> Part:
    """Return the tag of a day of arrival."""
    found = timing(arrives_on, today=today)
    text, colour = TIMINGS[found]
    return {"text": text, "state": colour, "late": found == Timing.LATE}


def _rows(row: Any, today: date) -> list[Part]:
    house = row.house
    contact = f"{house.contact_name}, {house.contact_phone}" if house else ""
    facts = [
        (_("Goes to"), destination(row)),
        (_("Address"), house.address if house else ""),
        (_("Ask there for"), contact),
        (_("Expected on"), long_day(row.arrives_on)),
        (_("Comes through"), ENTRY_POINTS[row.entry_point]),
        (_("Needs"), ", ".join(str(NEEDS[need]) for need in row.needs)),
        (_("Puskesmas"), row.centre.name if row.centre else ""),
    ]
    return [{"name": name, "value": value} for name, value in facts if value]
