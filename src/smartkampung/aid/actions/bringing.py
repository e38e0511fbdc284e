"""When the aid of a village's list was brought: nothing of it waits any more."""

from django.db.models import Q, QuerySet

from smartkampung.aid.cycles.models import VillageList
from smartkampung.aid.models import Batch, Entitlement
from smartkampung.aid.queries.handover import finished, in_payment
from smartkampung.worklist.actions import close_work

KIND = "aid.list_batch"


def lists_brought(dues: QuerySet[Entitlement], *, by: str) -> None:
    """Take lists off the work of whoever brings them, once all on them is under way.

    ``dues`` were just announced, or approved to be paid. Whoever was left out keeps the
    list where it is.
    """
    unannounced = Q(batch=None) | Q(batch__state=Batch.State.DRAFT)
    waiting = Entitlement.objects.filter(
        unannounced, ~finished(), ~in_payment(), cancelled=False
    )
    touched = VillageList.objects.filter(
        pk__in=dues.order_by().values("proposal__village_list")
    )
    waits = waiting.exclude(proposal=None).values("proposal__village_list")
    for village in touched.exclude(pk__in=waits).order_by("pk"):
        close_work(target=village, by=by, kinds=(KIND,))
