"""The door to thanks: each to the offices of the village that helped."""

from datetime import date

from django.db.models import QuerySet

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.frontline.recognition.models import Thanks
from smartkampung.kernel.months import months_later
from smartkampung.regions.codes import village_of, within


def thanks_for(actor: Actor) -> QuerySet[Thanks]:
    """Return thanks to the offices of the actor's villages, the newest month first.

    Whoever heads an RT reads those of the whole village: of one RT, a line would often
    tell who wrote it. For the same reason nothing finer than the month is shown.
    """
    places = {village_of(code) for code in actor.regions_where(Permission.DESK)}
    rows = Thanks.objects.filter(within("village_code", sorted(places)))
    return rows.order_by("-given_on", "-pk")


def of_month(rows: QuerySet[Thanks], first: date) -> QuerySet[Thanks]:
    """Return those of the month that begins on a day."""
    return rows.filter(given_on__gte=first, given_on__lt=months_later(first, 1))
