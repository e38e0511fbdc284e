"""The RT head leaves: Made follows, with what is open."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from smartkampung.accounts.actions.assignments import (
    AlreadyHeld,
    assign,
    revoke_office,
)
from smartkampung.accounts.actions.staff import create_staff
from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Assignment, Cover, Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Permission, Role
from smartkampung.frontline.offices.actions.handing_over import (
    TermNotHandedOver,
    hand_over_term,
    pass_on_all,
)
from smartkampung.frontline.offices.models import TermHandover
from smartkampung.frontline.offices.queries.terms import (
    handover_for,
    handovers_for,
    term_for,
    terms_for,
)
from smartkampung.frontline.offices.rules import TermHindrance
from smartkampung.jobs.tasks.offices import every_day
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import constraint_name
from smartkampung.regions.actions import let_follow
from smartkampung.regions.models import HeadTerm
from smartkampung.regions.queries import head_of
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.covering import stands_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]


@pytest.fixture
def team() -> dict[str, Staff]:
    """Make the village head, the RT head who leaves and Made, who follows."""
    return {
        "kades": cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE),
        "yanto": cast.staff("yanto", Role.RT_HEAD, cast.RT_HERE),
        "made": cast.staff("made", Role.RW_HEAD, cast.RW_HERE),
        "sari": cast.sari(),
    }


def rights(staff: Staff) -> Actor:
    """Return the rights of this moment."""
    return actor_for(staff, on=today())


def office(staff: Staff) -> Assignment:
    """Return the first office of an account."""
    return Assignment.objects.filter(staff=staff).earliest("pk")


def given(to: str, *, late: bool = False) -> WorkItem:
    """Put a visit on the list that somebody was given."""
    return WorkItem.objects.create(
        kind="aid.field_check",
        permission=Permission.FIELD_CHECK,
        target=f"aid.claim:{WorkItem.objects.count()}",
        region_code=cast.RT_HERE,
        opened_at=now(),
        due_at=now() - timedelta(days=1) if late else now() + timedelta(days=2),
        given_to=to,
        given_by="sari",
        given_until=now() + timedelta(days=9),
    )


def hand_over(team: dict[str, Staff], *, in_days: int = 0, **more: Any) -> TermHandover:
    """Let the village head hand the RT over to Made."""
    by = rights(more.get("by", team["kades"]))
    term = term_for(by, office(team["yanto"]).pk, on=today())
    return hand_over_term(
        office=term,
        follower=more.get("follower", team["made"]),
        on=today() + timedelta(days=in_days),
        until=more.get("until"),
        by=by,
        at=now(),
    )


def test_rights_and_work_go_to_who_follows_the_same_day(team: dict[str, Staff]) -> None:
    row, _ = given("yanto"), given("yanto", late=True)
    done = hand_over(team)
    check = Permission.FIELD_CHECK
    assert not rights(team["yanto"]).may(check)
    assert rights(team["made"]).posts[-1].role == Role.RT_HEAD
    assert WorkItem.objects.get(pk=row.pk).given_to == "made"
    assert done.open_work["total"] == 2
    assert done.open_work["late"] == 1
    assert done.open_work["kinds"] == {"aid.field_check": 2}
    assert {item["region"] for item in done.open_work["items"]} == {cast.RT_HERE}


def test_what_who_follows_asked_for_is_everybodys(team: dict[str, Staff]) -> None:
    row = given("yanto")
    WorkItem.objects.filter(pk=row.pk).update(not_by=["made"])
    hand_over(team)
    assert WorkItem.objects.get(pk=row.pk).given_to == ""


def test_a_day_to_come_changes_nothing_until_it_comes(team: dict[str, Staff]) -> None:
    row = given("yanto")
    hand_over(team, in_days=3)
    assert rights(team["yanto"]).may(Permission.FIELD_CHECK)
    assert pass_on_all(at=now()) == 0
    WorkItem.objects.update(given_until=now() + timedelta(days=30))
    then = now() + timedelta(days=3)
    assert pass_on_all(at=then) == 1
    assert pass_on_all(at=then) == 0
    assert WorkItem.objects.get(pk=row.pk).given_to == "made"


def test_the_night_job_passes_it_on(team: dict[str, Staff]) -> None:
    done = hand_over(team)
    row = given("yanto")
    assert done.on == today()
    every_day(timestamp=0)
    assert WorkItem.objects.get(pk=row.pk).given_to == "made"


def test_what_the_leaver_may_still_do_stays_theirs(team: dict[str, Staff]) -> None:
    Assignment.objects.create(
        staff=team["yanto"],
        role=Role.RW_HEAD,
        region_id=cast.RW_HERE,
        since=cast.LONG_AGO,
        granted_by="test",
    )
    row = given("yanto")
    hand_over(team)
    assert WorkItem.objects.get(pk=row.pk).given_to == "yanto"


def test_who_followed_and_left_again_is_given_nothing(team: dict[str, Staff]) -> None:
    done = hand_over(team)
    row = given("yanto")
    admin = rights(cast.staff("admin", Role.SYSTEM_ADMIN, cast.REGENCY))
    revoke_office(assignment=done.begun, reason="moved", by=admin, at=now())
    assert pass_on_all(at=now()) == 1
    assert WorkItem.objects.get(pk=row.pk).given_to == ""


@pytest.mark.parametrize("in_days", [3, 1])
def test_the_next_term_ends_with_the_one_that_was_given(
    team: dict[str, Staff], in_days: int
) -> None:
    day = today()
    Assignment.objects.filter(staff=team["yanto"]).update(until=day + timedelta(days=3))
    far = day + timedelta(days=4000)
    if in_days == 1:
        assert hand_over(team, in_days=1, until=far).begun.until == day + timedelta(
            days=3
        )
        return
    for until in (None, far):
        with pytest.raises(TermNotHandedOver) as caught:
            hand_over(team, in_days=3, until=until)
        assert caught.value.reasons == [TermHindrance.NO_END]
    until = day + timedelta(days=400)
    assert hand_over(team, in_days=3, until=until).begun.until == until


def test_the_head_of_the_place_follows(team: dict[str, Staff]) -> None:
    HeadTerm.objects.create(region_id=cast.RT_HERE, name="Yanto", since=cast.LONG_AGO)
    hand_over(team, in_days=3)
    then = today() + timedelta(days=3)
    names = []
    for day in (today(), then - timedelta(days=1), then):
        head = head_of(cast.RT_HERE, on=day)
        names.append(head and head.name)
    assert names == ["Yanto", "Yanto", team["made"].full_name]
    admin = rights(cast.staff("admin", Role.SYSTEM_ADMIN, cast.REGENCY))
    term = office(team["sari"])
    hand_over_term(office=term, follower=team["made"], on=then, by=admin, at=now())
    assert head_of(cast.HERE, on=then) is None


def test_a_later_head_of_the_place_stays() -> None:
    cast.places()
    day, later = today(), today() + timedelta(days=90)
    for since, until, name in (
        (cast.LONG_AGO, day, "Dulu"),
        (day, later, "Salah"),
        (later, None, "Nanti"),
    ):
        HeadTerm.objects.create(
            region_id=cast.HERE, name=name, since=since, until=until
        )
    let_follow(region_code=cast.HERE, name="Made", on=day, until=None)
    rows = HeadTerm.objects.order_by("since").values_list("name", "since", "until")
    assert list(rows) == [
        ("Dulu", cast.LONG_AGO, day),
        ("Made", day, later),
        ("Nanti", later, None),
    ]


def test_who_hands_over_what(team: dict[str, Staff]) -> None:
    cast.budi()
    camat = cast.camat()
    admin = cast.staff("admin", Role.SYSTEM_ADMIN, cast.REGENCY)

    def names(staff: Staff) -> set[str]:
        rows = terms_for(rights(staff), on=today())
        return {row.staff.username for row in rows}

    assert names(team["kades"]) == {"yanto", "made"}
    assert names(camat) == {"yanto", "made", "sari", "budi"}
    assert names(admin) == names(camat) | {"kades", "endang"}
    assert names(team["sari"]) == set()


def test_elsewhere_is_not_found(team: dict[str, Staff]) -> None:
    done = hand_over(team)
    far = rights(cast.staff("far", Role.VILLAGE_HEAD, cast.NEXT_DOOR))
    with pytest.raises(Http404):
        handover_for(far, done.pk)
    assert list(handovers_for(rights(team["kades"]))) == [done]


def test_a_health_centre_is_handed_over_by_the_administrator() -> None:
    ratna = cast.dr_ratna()
    follows = cast.staff("bidan", Role.VILLAGE_OFFICER, cast.HERE)
    admin = rights(cast.staff("admin", Role.SYSTEM_ADMIN, cast.REGENCY))
    term = term_for(admin, office(ratna).pk, on=today())
    done = hand_over_term(office=term, follower=follows, on=today(), by=admin, at=now())
    assert done.region_code == cast.HERE
    assert rights(follows).may(Permission.MONITORING_RECORD)


def test_nobody_takes_an_office_themselves(team: dict[str, Staff]) -> None:
    with pytest.raises(TermNotHandedOver) as caught:
        hand_over(team, follower=team["kades"])
    assert caught.value.reasons == [TermHindrance.ONESELF_FOLLOWS]


def test_only_an_administrator_hands_over_to_a_new_account(
    team: dict[str, Staff],
) -> None:
    doll = create_staff(username="boneka", full_name="Boneka", by="kades")
    with pytest.raises(TermNotHandedOver) as caught:
        hand_over(team, follower=doll)
    assert caught.value.reasons == [TermHindrance.FOLLOWER_NEW]
    hand_over(team, follower=doll, by=cast.staff("adm", Role.SYSTEM_ADMIN, cast.HERE))
    assert rights(doll).posts[0].role == Role.RT_HEAD


def both(role: Role, place: str) -> Staff:
    """Make an administrator who holds an office beside."""
    account = cast.staff("both", role, place)
    assign(
        staff=account,
        role=Role.SYSTEM_ADMIN,
        by="test",
        since=cast.LONG_AGO,
        region_code=cast.REGENCY,
    )
    return account


@pytest.mark.parametrize(
    ("office_of", "role", "place", "refused"),
    [
        ("sari", Role.VILLAGE_HEAD, cast.HERE, True),
        ("sari", Role.VILLAGE_HEAD, cast.NEXT_DOOR, False),
        ("sari", Role.KECAMATAN_OFFICER, cast.KECAMATAN, False),
        ("kades", Role.KECAMATAN_OFFICER, cast.KECAMATAN, True),
        ("kades", Role.VILLAGE_OFFICER, cast.HERE, True),
        ("kades", Role.KECAMATAN_OFFICER, cast.OTHER_KECAMATAN, False),
        ("yanto", Role.VILLAGE_HEAD, cast.HERE, False),
    ],
)
def test_nobody_chooses_who_checks_them(
    team: dict[str, Staff], office_of: str, role: Role, place: str, refused: bool
) -> None:
    colleague = cast.staff("tuti", Role.RW_HEAD, cast.RW_HERE)
    given: dict[str, Any] = {"office": office(team[office_of]), "follower": colleague}
    by = rights(both(role, place))
    if not refused:
        done = hand_over_term(by=by, on=today(), at=now(), **given)
        assert done.follower == colleague
        return
    with pytest.raises(TermNotHandedOver) as caught:
        hand_over_term(by=by, on=today(), at=now(), **given)
    assert caught.value.reasons == [TermHindrance.COUNTERPART]


@pytest.mark.parametrize(
    ("role", "place", "refused"),
    [
        (Role.VILLAGE_HEAD, cast.HERE, True),
        (Role.KECAMATAN_OFFICER, cast.KECAMATAN, True),
        (Role.VILLAGE_HEAD, cast.NEXT_DOOR, False),
    ],
)
def test_nobody_makes_up_who_checks_them(role: Role, place: str, refused: bool) -> None:
    sari, by = cast.sari(), rights(both(role, place))
    doll = create_staff(username="boneka", full_name="Boneka", by="both")
    given: dict[str, Any] = {"office": office(sari), "follower": doll, "on": today()}
    if not refused:
        assert hand_over_term(by=by, at=now(), **given).follower == doll
        return
    with pytest.raises(TermNotHandedOver) as caught:
        hand_over_term(by=by, at=now(), **given)
    assert caught.value.reasons == [TermHindrance.COUNTERPART]


def test_who_hands_the_last_office_over_stands_in_no_more(
    team: dict[str, Staff],
) -> None:
    day = today()
    stands_in(
        absent=team["made"],
        stand_in=team["yanto"],
        since=day,
        until=day + timedelta(days=9),
        by="made",
        at=now(),
    )
    hand_over(team)
    assert rights(team["yanto"]).posts == ()
    assert Cover.objects.get().ended_by == "kades"


def test_an_office_that_the_follower_has_is_not_given_twice(
    team: dict[str, Staff],
) -> None:
    two = Assignment.objects.create(
        staff=team["made"],
        role=Role.RT_HEAD,
        region_id=cast.RT_HERE,
        since=cast.LONG_AGO,
        granted_by="test",
    )
    with pytest.raises(AlreadyHeld):
        hand_over(team)
    assert Assignment.objects.get(pk=two.pk).until is None


def broken(name: str, values: dict[str, Any]) -> None:
    """Write a hand-over that breaks a promise."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        TermHandover.objects.create(**values)
    assert constraint_name(caught.value) == name


def raw(done: TermHandover, **more: Any) -> dict[str, Any]:
    """Return what a hand-over is made of."""
    names = ("ended", "begun", "leaver", "follower", "by", "region_code", "on")
    return {**{name: getattr(done, name) for name in names}, "made_at": now(), **more}


def test_term_handed_over_once(team: dict[str, Staff]) -> None:
    broken("term_handed_over_once", raw(hand_over(team)))


def test_term_handed_to_another(team: dict[str, Staff]) -> None:
    values = raw(hand_over(team), follower=team["yanto"], ended=office(team["sari"]))
    broken("term_handed_to_another", values)


def test_term_handed_over_by_a_third(team: dict[str, Staff]) -> None:
    values = raw(hand_over(team), by=team["made"], ended=office(team["sari"]))
    broken("term_handed_over_by_a_third", values)


def test_term_handover_append_only(team: dict[str, Staff]) -> None:
    done = hand_over(team)
    for change in (
        lambda: TermHandover.objects.update(made_at=datetime.now().astimezone()),
        done.delete,
    ):
        with pytest.raises(Exception, match="Cannot") as caught, transaction.atomic():
            change()
        assert "termhandover" in str(caught.value)
