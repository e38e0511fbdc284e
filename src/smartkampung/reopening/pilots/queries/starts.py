"""Since when each pilot lives by other rules than its neighbours."""

from datetime import date

from django.db.models import F, Min

from smartkampung.reopening.pilots.models import PhaseSpell, Pilot


def pilot_starts() -> dict[str, date]:
    """Return the first day of each village in a later phase than the strictest.

    Villages that are only being prepared are left out, those that ended are not. A
    phase that was taken back on its own day never began.
    """
    rows = PhaseSpell.objects.exclude(since=F("until"))
    return dict(rows.order_by().values_list("village_id").annotate(first=Min("since")))


def pilot_villages() -> frozenset[str]:
    """Return every village that is or was a pilot: none of them is a fair neighbour."""
    return frozenset(Pilot.objects.values_list("village_id", flat=True))
