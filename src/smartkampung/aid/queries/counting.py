"""Counts a whole regency by a rule, kecamatan by kecamatan, as far as patience goes.

To judge 600,000 families takes longer than people look at an empty page. What was
counted is remembered for a while, so that asking again goes on where it ended; where
all is counted at once nothing is remembered, and every count is fresh.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache

from smartkampung.aid.queries.eligible import Preview, preview
from smartkampung.criteria.rules import Rule, as_data
from smartkampung.regions.queries import kecamatan_of

REMEMBERED_SECONDS = 300


@dataclass(frozen=True)
class Counted:
    """What is counted so far: the areas of the whole, and how many there are."""

    preview: Preview
    done: int
    total: int

    @property
    def whole(self) -> bool:
        """Say whether every area is counted."""
        return self.done == self.total


def count_on(
    rule: Rule,
    *,
    against: Rule | None,
    region: str,
    on: date,
    enough: Callable[[], bool],
) -> Counted:
    """Count at least one more area, and others until it is ``enough``."""
    areas = list(kecamatan_of(region).values_list("code", flat=True)) or [region]
    asked = _asked(rule, against, on)
    known: dict[str, Preview] = cache.get_many([f"{asked}:{area}" for area in areas])
    found = [known.get(f"{asked}:{area}") for area in areas]
    fresh: dict[str, Preview] = {}
    for at, area in enumerate(areas):
        if found[at] is None and not (fresh and enough()):
            counted = preview(rule, against=against, region=area, on=on)
            found[at] = fresh[f"{asked}:{area}"] = counted
    done = [one for one in found if one is not None]
    if known or len(done) < len(areas):
        cache.set_many(fresh, REMEMBERED_SECONDS)
    return Counted(Preview.joined(done), len(done), len(areas))


def _asked(rule: Rule, against: Rule | None, on: date) -> str:
    both = [as_data(one) if one else None for one in (rule, against)]
    words = json.dumps([*both, on.isoformat()], sort_keys=True)
    return f"counted:{hashlib.sha256(words.encode()).hexdigest()[:32]}"
