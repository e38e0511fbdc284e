"""Which families of an area can be reached by phone about something."""

from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from smartkampung.notify.queries import phones_opted_out
from smartkampung.regions.codes import spread
from smartkampung.residents.models import ConsentChange, Family, Person
from smartkampung.residents.rules.consents import UNTIL_SAID, Purpose


class Unreached(NamedTuple):
    """Families of a place: all, without a phone, and with one but without a yes."""

    place: str
    families: int
    no_phone: int
    no_yes: int


def unreached(area: str, purpose: Purpose, *, depth: int) -> list[Unreached]:
    """Count by place, so many steps of code deep, which families no message reaches.

    A family that shares the phone of one that agreed is reached by it.
    """
    living = Person.objects.filter(family=OuterRef("pk"), status=Person.Status.LIVING)
    rows = Family.objects.filter(spread("region_code", area), Exists(living))
    hear = reachable(area, purpose).values("phone_index")
    counted = rows.values("region_code").annotate(
        families=Count("pk"),
        no_phone=Count("pk", filter=Q(phone_index=None)),
        heard=Count("pk", filter=Q(phone_index__in=hear)),
    )
    found: dict[str, Unreached] = {}
    for row in counted.order_by("region_code"):
        place = ".".join(row["region_code"].split(".")[:depth])
        before = found.get(place, Unreached(place, 0, 0, 0))
        silent = row["families"] - row["no_phone"] - row["heard"]
        found[place] = Unreached(
            place,
            before.families + row["families"],
            before.no_phone + row["no_phone"],
            before.no_yes + silent,
        )
    return list(found.values())


def reachable(area: str, purpose: Purpose) -> QuerySet[Family]:
    """Return a family for each phone of an area that agreed to a purpose.

    With somebody living there, and not where the phone said stop. Families that share
    a phone hear once: the first of them that agreed. In the order of the fingerprints,
    so that a long work can go on where it stopped.
    """
    living = Person.objects.filter(family=OuterRef("pk"), status=Person.Status.LIVING)
    rows = Family.objects.filter(
        spread("region_code", area), Exists(living), phone_index__isnull=False
    ).exclude(phone_index__in=phones_opted_out(purpose))
    # In one go for all families: asked of each, a regency would wait half a minute.
    latest = ConsentChange.objects.filter(
        spread("family__region_code", area), purpose=purpose
    )
    latest = latest.order_by("family", "-at", "-pk").distinct("family")
    said = ConsentChange.objects.filter(pk__in=latest.values("pk"))
    if UNTIL_SAID[purpose]:
        rows = rows.exclude(pk__in=said.filter(given=False).values("family"))
    else:
        rows = rows.filter(pk__in=said.filter(given=True).values("family"))
    return rows.order_by("phone_index", "pk").distinct("phone_index")
