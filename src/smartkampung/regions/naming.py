"""The name of the regency that this installation serves, for the head of a page."""

from smartkampung.regions.models import Region


def regency_name() -> str:
    """Return the regency's name without the word before it, or "" before data."""
    name = (
        Region.objects.filter(kind=Region.Kind.REGENCY)
        .values_list("name", flat=True)
        .first()
        or ""
    )
    for word in ("Kabupaten ", "Kota "):
        name = name.removeprefix(word)
    return name
