"""Turns pairs and merges into the plain values that templates show."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.duplicates.queries import Merge, Pair, Review
from smartkampung.residents.queries import Person
from smartkampung.web.duplicates.words import (
    FIELDS,
    LEVELS,
    MOVED,
    OTHER,
    OTHER_TABLE,
    UNKNOWN,
    leaning,
    likelihood,
)
from smartkampung.web.people.present import field_values, lines, seen_by

Part = dict[str, Any]
HALF = 50  # the bar begins in the middle of 100
WIDEST = 20.0  # bits that fill half a bar


def comparison(actor: Actor, review: Review) -> list[Part]:
    """Return each field with both values and what they say, as far as one may see."""
    first, second = review.people
    seen = seen_by(actor, first.region_code) & seen_by(actor, second.region_code)
    values = [field_values(person) for person in review.people]
    return [
        {
            "label": FIELDS[name],
            "first": values[0][name],
            "second": values[1][name],
            **weighed(name, *review.pair.why[name]),
        }
        for name in FIELDS
        if name in review.pair.why and (name in seen or name == "name")
    ]


def weighed(name: str, level: str, weight: float) -> Part:
    """Return the words and the bar of one field's evidence."""
    said = UNKNOWN if level == "unknown" else LEVELS.get((name, level), OTHER)
    words, state = leaning(weight)
    width = round(min(abs(weight), WIDEST) / WIDEST * HALF, 1)
    return {
        "said": said,
        "leaning": words if level != "unknown" else "",
        "state": state,
        "x": f"{HALF if weight >= 0 else HALF - width:.1f}",
        "width": f"{width:.1f}",
    }


def rows(pairs: Iterable[Pair]) -> list[Part]:
    """Return pairs as rows of a list; no number of theirs is in it."""
    listed = list(pairs)
    people = lines(person for pair in listed for person in (pair.first, pair.second))
    found = []
    for at, pair in enumerate(listed):
        words, state = likelihood(pair.weight)
        found.append(
            {
                "pk": pair.pk,
                "first": people[2 * at],
                "second": people[2 * at + 1],
                "likelihood": words,
                "state": state,
            }
        )
    return found


def moved(merge: Merge) -> list[Part]:
    """Return what a merge changed, counted by kind; what an undo left alone apart."""
    changes = merge.changes.values_list("table", "row", "kept")
    kinds = {(table, row): kept for table, row, kept in changes}
    all_rows = Counter(MOVED.get(table, OTHER_TABLE) for table, _ in kinds)
    kept = Counter(
        MOVED.get(table, OTHER_TABLE) for (table, _), left in kinds.items() if left
    )
    return [
        {"what": what, "count": count, "kept": kept[what]}
        for what, count in all_rows.items()
    ]


def standing(review: Review, person: Person) -> str:
    """Return whether a record stands, was taken up, or neither."""
    if review.merge is None:
        return ""
    return "stands" if person.pk == review.merge.survivor_id else "taken_up"
