"""Wayan the village head is away: Sari stands in, and nobody else by way of her."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client

from smartkampung.accounts.actions.assignments import assign, revoke_office
from smartkampung.accounts.actions.covers import (
    AskedNoMore,
    AwayAlready,
    CoverNotPossible,
    agree_to_stand_in,
    end_cover,
    end_cover_for,
    let_stand_in,
)
from smartkampung.accounts.actions.staff import create_staff
from smartkampung.accounts.actor import Actor
from smartkampung.accounts.errors import NotAllowed
from smartkampung.accounts.models import Assignment, Cover, Session, Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.queries.covers import (
    colleagues_of,
    cover_for,
    covers_of,
    described,
    own_cover,
    past_covers_of,
    who_could_stand_in_for,
)
from smartkampung.accounts.queries.people import Held, places_held
from smartkampung.accounts.queries.sessions import live_session
from smartkampung.accounts.roles import STANDING_IN, Permission, Role
from smartkampung.accounts.rules import CoverHindrance
from smartkampung.accounts.sessions import hashed
from smartkampung.audit.models import Event
from smartkampung.kernel.errors import constraint_name
from tests import cast
from tests.covering import stands_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 30, 5, tzinfo=UTC)
MONDAY, FRIDAY = date(2026, 11, 30), date(2026, 12, 4)
DECIDES = Permission.LIST_DECIDE


def head(username: str = "kades") -> Staff:
    """Make the village head here."""
    return cast.staff(username, Role.VILLAGE_HEAD, cast.HERE, name="H. Suwarno")


def lend(absent: Staff, stand_in: Staff, **more: Any) -> Cover:
    """Let somebody stand in from Monday until Friday."""
    period = {"since": MONDAY, "until": FRIDAY, **more}
    return stands_in(
        absent=absent, stand_in=stand_in, by=absent.username, at=AT, **period
    )


def why_not(absent: Staff, stand_in: Staff, **more: Any) -> list[CoverHindrance]:
    """Return the reasons of a refusal."""
    with pytest.raises(CoverNotPossible) as caught:
        lend(absent, stand_in, **more)
    return caught.value.reasons


def rights(staff: Staff, on: date) -> Actor:
    """Return the rights on a day."""
    return actor_for(staff, on=on)


def test_what_is_over_stands_apart() -> None:
    kades, sari = head(), cast.sari()
    over = lend(kades, sari)
    day = MONDAY + timedelta(days=30)
    called_off = lend(kades, sari, since=day, until=day + timedelta(days=2))
    end_cover(cover=called_off, by="kades", at=AT)
    short = lend(kades, sari, since=FRIDAY, until=FRIDAY + timedelta(days=9))
    second = datetime(2026, 12, 5, 5, tzinfo=UTC)
    end_cover(cover=short, by="sari", at=second)
    mine = rights(kades, MONDAY)
    assert [one.id for one in covers_of(mine, on=MONDAY)] == [over.pk]
    assert [one.id for one in past_covers_of(mine, on=MONDAY)] == [short.pk]
    past = past_covers_of(rights(sari, FRIDAY), on=FRIDAY)
    assert [(one.id, one.last_day) for one in past] == [
        (short.pk, second.date()),
        (over.pk, FRIDAY - timedelta(days=1)),
    ]
    assert not past_covers_of(rights(cast.budi(), FRIDAY), on=FRIDAY)


def test_sari_acts_for_the_head_in_that_time_only() -> None:
    sari = cast.sari()
    lend(head(), sari)
    before, last, after = MONDAY - timedelta(days=1), date(2026, 12, 3), FRIDAY
    held = {day: rights(sari, day).may_in(DECIDES, cast.HERE) for day in (before, last)}
    assert held == {before: False, last: True}
    assert not rights(sari, after).may(DECIDES)
    assert rights(sari, last).posts[-1].instead_of == "kades"
    assert Event.objects.get(name="accounts.cover_begun").detail["stand_in"] == "sari"


def test_nothing_is_lent_before_the_yes_and_only_by_the_colleague() -> None:
    kades, sari = head(), cast.sari()
    client = cast.sign_in(Client(), sari)
    cover = let_stand_in(
        absent=kades, stand_in=sari, by="kades", at=AT, since=MONDAY, until=FRIDAY
    )
    key = hashed(client.session.session_key or "")
    Session.objects.update(expires_at=AT + timedelta(days=99))
    session = live_session(key, at=AT)
    assert session is not None
    assert session.staff is not None
    assert not rights(session.staff, MONDAY).may(DECIDES)
    assert not rights(sari, MONDAY).may(DECIDES)
    assert [one.agreed for one in covers_of(rights(sari, MONDAY), on=MONDAY)] == [False]
    with pytest.raises(AskedNoMore):
        agree_to_stand_in(cover=cover, by=rights(kades, MONDAY), at=AT)
    for _twice in range(2):
        agree_to_stand_in(cover=cover, by=rights(sari, MONDAY), at=AT)
    assert rights(sari, MONDAY).may(DECIDES)
    assert Event.objects.filter(name="accounts.cover_begun").count() == 1
    late = AT + timedelta(days=4)
    with pytest.raises(AskedNoMore):
        agree_to_stand_in(cover=cover, by=rights(sari, FRIDAY), at=late)


@pytest.mark.parametrize("role", [Role.BABINSA, Role.BHABINKAMTIBMAS])
def test_no_soldier_and_no_policeman_sees_families_by_standing_in(role: Role) -> None:
    made = cast.staff("made", Role.RT_HEAD, cast.RT_HERE)
    armed = cast.staff("joko", role, cast.HERE)
    assert why_not(made, armed) == [CoverHindrance.NOT_OF_RESIDENTS]
    lend(armed, made)
    assert not who_could_stand_in_for(made, on=MONDAY).filter(pk=armed.pk).exists()


def test_the_session_reads_what_is_lent_with_the_account() -> None:
    sari = cast.sari()
    lend(head(), sari)
    client = cast.sign_in(Client(), sari)
    key = hashed(client.session.session_key or "")
    Session.objects.update(expires_at=AT + timedelta(days=99))
    held = {}
    for on in (MONDAY, FRIDAY):
        row = live_session(key, at=datetime(on.year, on.month, on.day, 5, tzinfo=UTC))
        assert row is not None
        assert row.staff is not None
        held[on] = [post.instead_of for post in row.staff.posts_read or ()]
    assert held == {MONDAY: ["", "kades"], FRIDAY: [""]}


def test_coming_back_early_ends_it_at_once() -> None:
    sari = cast.sari()
    cover = lend(head(), sari)
    end_cover(cover=cover, by="kades", at=AT)
    end_cover(cover=cover, by="sari", at=AT)
    assert not rights(sari, MONDAY).may(DECIDES)
    assert Cover.objects.get().ended_by == "kades"
    assert Event.objects.filter(name="accounts.cover_ended").count() == 1


def test_never_more_than_the_head_has_that_day() -> None:
    sari, kades = cast.sari(), head()
    lend(kades, sari)
    Assignment.objects.filter(staff=kades).update(until=date(2026, 12, 2))
    assert rights(sari, date(2026, 12, 1)).may(DECIDES)
    assert not rights(sari, date(2026, 12, 2)).may(DECIDES)
    Assignment.objects.filter(staff=kades).update(until=None)
    Staff.objects.filter(pk=kades.pk).update(is_active=False)
    assert not rights(sari, MONDAY).may(DECIDES)


def also(staff: Staff, role: Role, place: str) -> None:
    """Give somebody another office since long ago."""
    assign(staff=staff, role=role, by="test", since=cast.LONG_AGO, region_code=place)


def revoke_all(staff: Staff) -> None:
    """Take every office of somebody back."""
    admin = actor_for(
        cast.staff(f"admin-{staff.pk}", Role.SYSTEM_ADMIN, cast.REGENCY), on=MONDAY
    )
    for office in Assignment.objects.filter(staff=staff, revoked_at=None):
        revoke_office(assignment=office, reason="dismissed", by=admin, at=AT)


def session_roles(staff: Staff) -> list[str]:
    """Return the offices that a session of Monday reads."""
    client = cast.sign_in(Client(), staff)
    Session.objects.update(expires_at=AT + timedelta(days=99))
    row = live_session(hashed(client.session.session_key or ""), at=AT)
    assert row is not None
    assert row.staff is not None
    return [post.role.value for post in row.staff.posts_read or ()]


def test_never_after_the_last_own_office() -> None:
    sari, kades = cast.sari(), head()
    lend(kades, sari)
    Assignment.objects.filter(staff=sari).update(until=MONDAY)
    assert rights(sari, MONDAY).posts == ()
    assert session_roles(sari) == []
    Assignment.objects.filter(staff=sari).update(until=None)
    assert rights(sari, MONDAY).may(DECIDES)
    revoke_all(sari)
    assert rights(sari, MONDAY).posts == ()
    assert Cover.objects.get().ended_by == f"admin-{sari.pk}"


def test_an_office_left_keeps_the_absence() -> None:
    sari = cast.sari()
    two = Assignment.objects.get(staff=sari)
    lend(head(), sari)
    admin = rights(cast.staff("admin", Role.SYSTEM_ADMIN, cast.REGENCY), MONDAY)
    also(sari, Role.RT_HEAD, cast.RT_HERE)
    revoke_office(assignment=two, reason="moved", by=admin, at=AT)
    assert rights(sari, MONDAY).may(DECIDES)
    assert Cover.objects.get().ended_at is None


def test_who_becomes_an_auditor_is_lent_nothing_more() -> None:
    sari = cast.sari()
    lend(head(), sari)
    also(sari, Role.AUDITOR, cast.REGENCY)
    assert not rights(sari, MONDAY).may(DECIDES)
    assert session_roles(sari) == ["village_officer", "auditor"]


def test_a_health_office_that_comes_later_is_not_lent() -> None:
    sari, kades = cast.sari(), head()
    lend(kades, sari)
    also(kades, Role.DINKES, cast.REGENCY)
    assert {post.instead_of for post in rights(sari, MONDAY).posts} == {""}
    also(sari, Role.DINKES, cast.REGENCY)
    assert rights(sari, MONDAY).may(DECIDES)


def test_an_administrator_ends_it_in_their_area() -> None:
    sari = cast.sari()
    cover = lend(head(), sari)
    far = rights(cast.staff("far", Role.SYSTEM_ADMIN, cast.NEXT_DOOR), MONDAY)
    with pytest.raises(NotAllowed):
        end_cover_for(cover=cover, staff=sari, by=far, at=AT)
    admin = rights(cast.staff("admin", Role.SYSTEM_ADMIN, cast.HERE), MONDAY)
    end_cover_for(cover=cover_for(sari, cover.pk), staff=sari, by=admin, at=AT)
    assert not rights(sari, MONDAY).may(DECIDES)
    with pytest.raises(Http404):
        cover_for(sari, cover.pk)


def test_what_is_lent_is_not_lent_on() -> None:
    sari, kades = cast.sari(), head()
    other = cast.staff("tuti", Role.VILLAGE_OFFICER, cast.HERE)
    lend(kades, sari)
    assert why_not(sari, other) == [CoverHindrance.STANDS_IN_ALREADY]
    assert why_not(other, kades) == [CoverHindrance.STAND_IN_AWAY]
    after = {"since": FRIDAY, "until": date(2026, 12, 8)}
    lend(sari, other, **after)
    assert not rights(other, FRIDAY).may(DECIDES)


def test_one_stand_in_at_a_time() -> None:
    kades = head()
    other = cast.staff("tuti", Role.VILLAGE_OFFICER, cast.HERE)
    first = lend(kades, cast.sari())
    with pytest.raises(AwayAlready):
        lend(kades, other)
    end_cover(cover=first, by="kades", at=AT)
    lend(kades, other)


def test_a_stranger_does_not_stand_in() -> None:
    assert why_not(head(), cast.budi()) == [CoverHindrance.NOT_A_COLLEAGUE]


@pytest.mark.parametrize(
    ("role", "place", "expected"),
    [
        (Role.RT_HEAD, cast.RT_HERE, {"endang", "kades", "sari"}),
        (Role.KECAMATAN_OFFICER, cast.KECAMATAN, {"endang", "kades"}),
        (Role.DINSOS, cast.REGENCY, set()),
    ],
)
def test_colleagues_serve_beside_or_one_level_away(
    role: Role, place: str, expected: set[str]
) -> None:
    cast.sari(), cast.budi(), cast.camat(), head(), cast.dr_ratna()
    me = cast.staff("me", role, place)
    found = set(colleagues_of(me, on=MONDAY).values_list("username", flat=True))
    assert found == expected


def test_colleagues_of_a_health_worker_work_in_health() -> None:
    ratna = cast.dr_ratna()
    cast.sari()
    cast.staff("bidan", Role.PUSKESMAS_OFFICER, centre=cast.PUSKESMAS, name="Bidan Ayu")
    cast.staff("dinkes", Role.DINKES, cast.REGENCY)
    rows = described(colleagues_of(ratna, on=MONDAY), on=MONDAY)
    assert [row.name for row in rows] == ["Bidan Ayu", "dinkes"]
    assert rows[0].office == "Petugas Puskesmas Lereng"


def test_both_sides_see_it_and_nobody_else() -> None:
    sari, kades, budi = cast.sari(), head(), cast.budi()
    cover = lend(kades, sari)
    mine, theirs = (
        covers_of(rights(who, MONDAY), on=MONDAY)[0] for who in (kades, sari)
    )
    assert (mine.mine, theirs.mine) == (True, False)
    assert mine.last_day == date(2026, 12, 3)
    assert own_cover(rights(sari, MONDAY), cover.pk) == cover
    with pytest.raises(Http404):
        own_cover(rights(budi, MONDAY), cover.pk)


def broken(name: str, **values: Any) -> None:
    """Write a cover that breaks a promise."""
    given = {"since": MONDAY, "until": FRIDAY, "made_by": "x", "made_at": AT, **values}
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Cover.objects.create(**given)
    assert constraint_name(caught.value) == name


def test_cover_not_oneself() -> None:
    sari = cast.sari()
    broken("cover_not_oneself", absent=sari, stand_in=sari)
    assert CoverHindrance.ONESELF in why_not(sari, sari)


def test_cover_ends_in_ninety_days() -> None:
    pair = {"absent": head(), "stand_in": cast.sari()}
    broken("cover_ends_in_ninety_days", until=MONDAY, **pair)
    broken("cover_ends_in_ninety_days", until=MONDAY + timedelta(days=91), **pair)


def test_cover_one_at_a_time() -> None:
    kades = head()
    lend(kades, cast.sari())
    other = create_staff(username="tuti", full_name="Tuti", by="test")
    broken("cover_one_at_a_time", absent=kades, stand_in=other)


def test_cover_end_is_signed() -> None:
    pair = {"absent": head(), "stand_in": cast.sari()}
    broken("cover_end_is_signed", ended_at=AT, **pair)
    broken("cover_end_is_signed", ended_by="sari", **pair)


def test_cover_never_a_chain() -> None:
    kades, sari, budi = head(), cast.sari(), cast.budi()
    lend(kades, sari)
    broken("cover_never_a_chain", absent=sari, stand_in=budi)
    broken("cover_never_a_chain", absent=budi, stand_in=kades)


def test_a_look_tells_the_place_of_the_office_that_was_lent() -> None:
    sari = cast.sari()
    lend(head(), sari)
    lent = Held("sari", "village_head" + STANDING_IN, AT)
    own = Held("sari", "village_officer", AT)
    after = Held("sari", "village_head" + STANDING_IN, AT + timedelta(days=9))
    found = places_held([lent, own, after])
    assert found == {lent: "Sumberwangi", own: "Sumberwangi"}
