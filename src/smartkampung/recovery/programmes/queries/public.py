"""What anybody may read about the programmes; only what a job counted and hid."""

from collections import defaultdict
from datetime import datetime

from smartkampung.recovery.programmes.models import Figure
from smartkampung.recovery.programmes.rules.states import Kind

Numbers = dict[str, int | None]


def figures() -> tuple[dict[Kind, dict[str, Numbers]], datetime | None]:
    """Return the figures by kind and kecamatan ("" is the regency), and when counted."""
    found: defaultdict[Kind, dict[str, Numbers]] = defaultdict(dict)
    counted_at = None
    for row in Figure.objects.order_by("kind", "kecamatan", "measure"):
        found[Kind(row.kind)].setdefault(row.kecamatan, {})[row.measure] = row.value
        counted_at = row.counted_at
    return dict(found), counted_at
