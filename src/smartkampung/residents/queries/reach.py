"""Which families of an area can be reached by phone about something."""

from django.db.models import Exists, OuterRef, QuerySet

from smartkampung.notify.queries import phones_opted_out
from smartkampung.regions.codes import spread
from smartkampung.residents.models import ConsentChange, Family, Person
from smartkampung.residents.rules.consents import UNTIL_SAID, Purpose


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
