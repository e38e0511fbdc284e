"""Real figures from named sources, for long periods."""

from smartkampung.recovery.economy.models import KnownFigure as KnownFigure
from smartkampung.recovery.economy.rules.kinds import Kind


def known_figures(topic: Kind) -> list[KnownFigure]:
    """Return what sources tell, the earliest first; public knowledge."""
    rows = KnownFigure.objects.filter(topic=topic)
    return list(rows.order_by("since", "until", "item", "part", "pk"))
