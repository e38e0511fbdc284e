"""Where somebody lives who writes a text: the village they name, or the RT on record."""

from smartkampung.frontline.texting.rules.naming import Village, find
from smartkampung.kernel.sealed import blind_indexes
from smartkampung.regions.codes import inside
from smartkampung.regions.models import Region
from smartkampung.residents.models import PHONE, Family

_VILLAGES = (Region.Kind.DESA, Region.Kind.KELURAHAN)


def place_named(said: str, *, phone: str) -> str:
    """Return the smallest place known: the RT of the phone's family inside the village
    that was named, or the RT or the village that was named; "" for none.

    Nothing said means the RT on record. The registry is asked in either case, so that
    the answer takes as long for numbers that nobody knows.
    """
    recorded = _recorded(phone)
    if not said:
        return recorded[0] if recorded else ""
    named = find(said, _villages())
    if named is None:
        return ""
    for code in recorded:
        if inside(code, named.code):
            return code
    if named.rt and Region.objects.filter(pk=named.rt).exists():
        return named.rt
    return named.code


def _recorded(phone: str) -> list[str]:
    rows = Family.objects.filter(phone_index__in=blind_indexes(phone, PHONE))
    return list(rows.order_by("pk").values_list("region_code", flat=True)[:5])


def _villages() -> list[Village]:
    rows = Region.objects.filter(kind__in=_VILLAGES)
    return [
        Village(code, name, kecamatan)
        for code, name, kecamatan in rows.values_list("code", "name", "parent__name")
    ]
