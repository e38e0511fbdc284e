"""Bring the real figures of named sources in; a second time changes nothing."""

from collections.abc import Iterable

from django.db import transaction

from smartkampung.audit.actions import record
from smartkampung.recovery.economy.models import KnownFigure
from smartkampung.recovery.economy.rules.known import read_known

KEY = ["topic", "item", "part", "since", "until", "source_url"]
TOLD = [
    "period",
    "target",
    "value",
    "stated_percent",
    "caveat",
    "caveat_en",
    "doubtful",
]


def load_known(lines: Iterable[str], *, by: str) -> int:
    """Write the figures of a file down, in place of what it told before.

    Returns how many figures the file holds.
    """
    rows = [
        KnownFigure(**{name: getattr(one, name) for name in (*KEY, *TOLD)})
        for one in read_known(lines)
    ]
    with transaction.atomic():
        KnownFigure.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=KEY, update_fields=TOLD
        )
        if rows:
            first = KnownFigure.objects.earliest("pk")
            record("economy.known_loaded", target=first, by=by, figures=len(rows))
    return len(rows)
