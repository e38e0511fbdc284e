"""Which ways into the regency a checkpoint stands at."""

from collections.abc import Iterable

from smartkampung.isolation.rules.states import EntryPoint
from smartkampung.regions.codes import inside

# Where the checkpoint of each way in stands: the village of the harbour, the kecamatan
# of the airport and of the two roads.
PLACES: dict[EntryPoint, str] = {
    EntryPoint.KETAPANG: "35.10.21.2003",
    EntryPoint.AIRPORT: "35.10.25",
    EntryPoint.WONGSOREJO: "35.10.18",
    EntryPoint.KALIBARU: "35.10.11",
}


def entries_of(regions: Iterable[str]) -> tuple[EntryPoint, ...]:
    """Return the ways in at which an officer stands, by the places of their post."""
    posts = tuple(regions)
    return tuple(
        entry
        for entry, place in PLACES.items()
        if any(inside(place, post) or inside(post, place) for post in posts)
    )
