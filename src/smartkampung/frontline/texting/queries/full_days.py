"""A day whose answers were used up: how many wrote, and how many of them one phone."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.frontline.texting.models import FullDay, Received
from smartkampung.kernel.clock import start_of_day


@dataclass(frozen=True)
class Counted:
    """The texts of a day, as far as somebody needs them who looks for the cause."""

    texts: int
    phones: int
    most_of_one: int
    unanswered: int


def full_day_for(actor: Actor, pk: int) -> FullDay:
    """Return a full day, or raise Http404."""
    if not actor.may(Permission.JOBS_VIEW):
        raise Http404
    return get_object_or_404(FullDay, pk=pk)


def texts_of(full_day: FullDay) -> Counted:
    """Count the texts of that day; whose they are is told to nobody."""
    begins = start_of_day(full_day.on)
    rows = Received.objects.filter(at__gte=begins, at__lt=begins + timedelta(days=1))
    found = rows.aggregate(
        texts=Count("pk"),
        phones=Count("phone_index", distinct=True),
        unanswered=Count("pk", Q(reply="")),
    )
    by_phone = rows.values("phone_index").annotate(n=Count("pk")).order_by("-n")
    return Counted(
        most_of_one=max((one["n"] for one in by_phone[:1]), default=0), **found
    )
