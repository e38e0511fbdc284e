"""Which families of an area can be reached by phone about something."""

from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

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
    said = ConsentChange.objects.filter(family=OuterRef("pk"), purpose=purpose)
    living = Person.objects.filter(family=OuterRef("pk"), status=Person.Status.LIVING)
    rows = Family.objects.filter(
        spread("region_code", area), Exists(living), phone_index__isnull=False
    ).exclude(phone_index__in=phones_opted_out())
    agrees = Coalesce(
        Subquery(said.order_by("-at", "-pk").values("given")[:1]),
        Value(UNTIL_SAID[purpose]),
        output_field=BooleanField(),
    )
    rows = rows.annotate(agrees=agrees).filter(agrees=True)
    return rows.order_by("phone_index", "pk").distinct("phone_index")
