"""Which announcements somebody may read, and which wait for them."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.expressions import Combinable
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.frontline.voice.models import (
    Announcement,
    Attachment,
    Reading,
    Task,
)
from smartkampung.frontline.voice.rules.asking import Ask
from smartkampung.regions.codes import around, within

FRESH = timedelta(days=60)


def addressed_to(actor: Actor) -> Q:
    """Return the filter "this is said to one of the actor's offices"."""
    tests = [
        Q(region_code__in=around(post.regions))
        & (Q(roles=[]) | Q(roles__contains=[post.role.value]))
        for post in actor.posts
    ]
    return reduce(or_, tests, Q(pk__in=[]))


def announcements_for(actor: Actor) -> QuerySet[Announcement]:
    """Return what is said to the actor, and what is said in the area they speak for."""
    speaks = within("region_code", actor.regions_where(Permission.ANNOUNCE))
    rows = Announcement.objects.filter(addressed_to(actor) | speaks)
    mine = Reading.objects.filter(announcement=OuterRef("pk"), staff=actor.staff_id)
    return rows.annotate(
        is_read=_said_or(actor, Exists(mine)),
        is_noted=_said_or(actor, Exists(mine.filter(acknowledged_at__isnull=False))),
    ).order_by("-at", "-pk")


def _said_or(actor: Actor, test: Exists) -> Combinable:
    """Return the test, true for who wrote it: they know it."""
    return ExpressionWrapper(
        Q(test) | Q(by=actor.username), output_field=BooleanField()
    )


def announcement_for(actor: Actor, pk: int) -> Announcement:
    """Return one of them, or raise Http404."""
    return get_object_or_404(announcements_for(actor), pk=pk)


def spoken_for(actor: Actor, pk: int) -> Announcement:
    """Return an announcement of the area that the actor speaks for, or raise Http404."""
    area = within("region_code", actor.regions_where(Permission.ANNOUNCE))
    return get_object_or_404(Announcement.objects.filter(area), pk=pk)


def waiting_for(actor: Actor, *, at: datetime) -> QuerySet[Announcement]:
    """Return fresh news that the actor has not read, or not taken note of as asked."""
    unread = Q(is_read=False) | ~Q(asks=Ask.READ) & Q(is_noted=False)
    return announcements_for(actor).filter(
        addressed_to(actor), unread, withdrawn_at=None, at__gt=at - FRESH
    )


def attachments_of(announcement: Announcement) -> QuerySet[Attachment]:
    """Return what goes with an announcement."""
    return announcement.attachments.order_by("pk")


def public_attachments_of(announcement: Announcement) -> QuerySet[Attachment]:
    """Return what residents may open of it: nothing once it was withdrawn."""
    return attachments_of(announcement).filter(announcement__withdrawn_at=None)


def tasks_for(actor: Actor) -> QuerySet[Task]:
    """Return what is asked of the very offices that the actor holds."""
    tests = [
        Q(role=post.role.value, region_code__in=post.regions) for post in actor.posts
    ]
    rows = Task.objects.filter(reduce(or_, tests, Q(pk__in=[])))
    return rows.select_related("announcement")


def task_for(actor: Actor, pk: int) -> Task:
    """Return one of them, or raise Http404."""
    return get_object_or_404(tasks_for(actor), pk=pk)


def own_task(actor: Actor, announcement: Announcement) -> Task | None:
    """Return what an announcement asks of the actor's office, if anything."""
    rows = tasks_for(actor).filter(announcement=announcement)
    return rows.order_by("done_at", "pk").first()


def public_announcements(*, village: str = "") -> QuerySet[Announcement]:
    """Return what residents may read: everywhere, or what is said to one village.

    That of the places around a village is said to it, too.
    """
    rows = Announcement.objects.filter(public=True)
    if village:
        rows = rows.filter(
            Q(region_code__in=around([village])) | within("region_code", [village])
        )
    return rows.order_by("-at", "-pk")


def public_announcement(pk: int) -> Announcement:
    """Return one of them, or raise Http404."""
    return get_object_or_404(public_announcements(), pk=pk)
