"""Offices of the cast's village and kecamatan: who is away, who followed, who helps."""

from datetime import datetime, timedelta

from smartkampung.accounts.actions import assign, create_staff
from smartkampung.accounts.actions.covers import agree_to_stand_in, let_stand_in
from smartkampung.accounts.models import Assignment, Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Permission, Role
from smartkampung.demo.cast import RT, VILLAGE
from smartkampung.demo.staff import BY
from smartkampung.frontline.offices.actions.delegating import delegate
from smartkampung.frontline.offices.actions.handing_over import hand_over_term
from smartkampung.kernel.clock import day, start_of_day, telling
from smartkampung.worklist.models import WorkItem

OTHER_RT = f"{VILLAGE}.001.002"
LEFT, FOLLOWS = ("rt-lama", "Mbah Sumarno"), ("rt-baru", "Siti Rokayah")
HANDED_OVER = timedelta(days=6)
# Who is away from which day of now until which, who is asked, and whether they said yes.
AWAY = (("kasi", "camat", -1, 4, True), ("kades", "sari", 7, 10, False))
GIVEN = 3


def tell_terms(*, at: datetime) -> None:
    """Hand an RT over, let two be away, give some visits to the RT head."""
    _hand_over(at=at - HANDED_OVER)
    for absent, stand_in, since, until, agreed in AWAY:
        first = min(since, 0)
        with telling(at + timedelta(days=first)):
            cover = let_stand_in(
                absent=Staff.objects.get(username=absent),
                stand_in=Staff.objects.get(username=stand_in),
                since=day(at + timedelta(days=since)),
                until=day(at + timedelta(days=until)),
                by=absent,
                at=at + timedelta(days=first),
            )
            if agreed:
                agree_to_stand_in(
                    cover=cover,
                    by=actor_for(cover.stand_in, on=day(at)),
                    at=at + timedelta(days=first),
                )
    _give(at=at)


def _hand_over(*, at: datetime) -> None:
    since = day(at).replace(month=1, day=1)
    people = [
        create_staff(username=username, full_name=name, by=BY)
        for username, name in (LEFT, FOLLOWS)
    ]
    assign(
        staff=people[0],
        role=Role.RT_HEAD,
        by=BY,
        since=since - timedelta(days=365),
        region_code=OTHER_RT,
    )
    admin = Staff.objects.get(username="admin")  # who alone gives it to a new account
    with telling(at):
        hand_over_term(
            office=Assignment.objects.get(staff=people[0]),
            follower=people[1],
            on=day(at),
            by=actor_for(admin, on=day(at)),
            at=at,
        )


def _give(*, at: datetime) -> None:
    """Sari gives the next visits of the RT that is played to its head."""
    sari = Staff.objects.get(username="sari")
    head = Staff.objects.get(username="rt")
    waits = WorkItem.objects.filter(
        closed_at=None,
        permission=Permission.FIELD_CHECK,
        region_code=RT,
        due_at__gte=start_of_day(day(at)),
    )
    for row in waits.order_by("due_at", "pk")[:GIVEN]:
        delegate(item=row, to=head, by=actor_for(sari, on=day(at)), at=at)
