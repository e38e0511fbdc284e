"""What holds in isolation are versions with a source; every past day keeps its own."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Event
from smartkampung.isolation.models import Escalation, Protocol
from smartkampung.isolation.monitoring.actions.alerts import pass_once
from smartkampung.isolation.monitoring.actions.ends import CannotClassify, classify
from smartkampung.isolation.monitoring.rules.ends import Known
from smartkampung.isolation.monitoring.rules.health import Told
from smartkampung.isolation.monitoring.rules.ladder import Trigger
from smartkampung.isolation.protocol import queries
from smartkampung.isolation.protocol.actions import (
    BadProtocol,
    BeginsTooEarly,
    CannotConfirm,
    confirm,
    write_version,
)
from smartkampung.isolation.protocol.rules import Kind
from smartkampung.kernel.errors import constraint_name
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from tests.isolating import ARRIVAL, a_reservation
from tests.population import actor
from tests.watching import look, on_day, present, ratna

pytestmark = pytest.mark.django_db
KETUT = actor(Role.DINKES, "35.10", username="ketut")
PUTU = actor(Role.DINKES, "35.10", username="putu")
JUNE = date(2020, 6, 4)


def written(kind: Kind, body: dict[str, Any], **more: Any) -> Protocol:
    told: dict[str, Any] = {
        "since": ARRIVAL + timedelta(days=2),
        "legal_reference": "Keputusan Bupati",
        "source_url": "https://example.id/keputusan",
        "by": KETUT,
        "at": on_day(1),
    }
    return write_version(kind=kind, body=body, **told | more)


def body_of(kind: Kind, on: date = JUNE) -> dict[str, Any]:
    return dict(queries.in_force(kind, on).body)


def test_every_version_that_came_with_it_names_its_source_and_no_official() -> None:
    rows = Protocol.objects.all()
    assert {row.kind for row in rows} == set(Kind)
    assert all(row.legal_reference and row.source_url for row in rows)
    assert not any(row.verified_by for row in rows), "no official confirmed them"
    assert queries.in_force(Kind.LIMITS, date(2019, 1, 1)).since == date(2020, 3, 1)


@pytest.mark.parametrize(
    ("trigger", "told"),
    [
        (Trigger.ILL, (Role.PUSKESMAS_OFFICER,)),
        (Trigger.MISSED, (Role.PUSKESMAS_OFFICER,)),
        (Trigger.MISSED_AGAIN, (Role.VILLAGE_HEAD, Role.BABINSA)),
        (Trigger.LEFT, (Role.BHABINKAMTIBMAS,)),
        (Trigger.EXIT_OPEN, (Role.PUSKESMAS_OFFICER,)),
    ],
)
def test_who_is_told_first_in_june_2020(trigger: Trigger, told: tuple[Role]) -> None:
    rung = queries.rung_of(trigger, JUNE)
    assert rung.told == told
    assert rung.within > timedelta()


def test_the_list_changes_on_13_july_2020_and_nothing_is_converted() -> None:
    days = (date(2020, 7, 12), date(2020, 7, 13))
    before, after = ({one.code for one in queries.classes_on(on)} for on in days)
    assert before == {"otg", "odp", "pdp", "odr", "positive"}
    assert after > {"suspect", "probable", "confirmed", "close_contact"}
    assert not before & after
    assert queries.classes_on(date(2020, 2, 29)) == ()


@pytest.mark.parametrize(
    ("on", "contact"),
    [
        (date(2021, 5, 11), 14),
        (date(2021, 5, 12), 5),
        (date(2021, 12, 29), 5),
        (date(2021, 12, 30), 10),
    ],
)
def test_the_days_of_a_contact_on_any_day(on: date, contact: int) -> None:
    assert queries.release_on(on).contact_days == contact


def test_a_new_limit_holds_from_its_day_and_the_past_keeps_the_old() -> None:
    written(Kind.LIMITS, {"fever": "37.5", "spo2": 94})
    stay, by = present(), ratna()
    warm = Told(temperature=Decimal("37.6"))
    act_as(Acting.JOB)
    look(stay, by, at=on_day(2), told=warm)
    assert not Escalation.objects.exists()
    look(stay, by, at=on_day(3), told=warm)
    assert Escalation.objects.get().trigger == "ill"
    assert queries.limits_on(on_day(2).date()).fever == Decimal("38.0")


def test_a_new_ladder_sets_clock_and_streak_of_the_days_that_follow() -> None:
    ladder = body_of(Kind.LADDER)
    ladder["again_after"] = 3
    ladder["rungs"]["missed"]["minutes"] = 60
    written(Kind.LADDER, ladder)
    stay = present()
    act_as(Acting.JOB)
    for number in (2, 3, 4):
        pass_once(at=on_day(number, 0))
    rows = Escalation.objects.filter(stay=stay).order_by("trigger")
    assert [row.trigger for row in rows] == ["missed", "missed_again"]
    assert rows[0].due_at == on_day(2, 12), "its own day had the old clock"
    assert rows[1].opened_at == on_day(4, 0), "two in a row are not enough any more"
    Escalation.objects.update(closed_at=F("opened_at"), closed_by="test")
    look(stay, ratna(), at=on_day(4))
    pass_once(at=on_day(6, 0))
    again = Escalation.objects.filter(trigger="missed").latest("opened_at")
    assert again.due_at - again.opened_at == timedelta(hours=1)


def test_the_exit_of_a_day_has_the_grace_of_that_day() -> None:
    last, next_stay = on_day(14).date(), timedelta(days=10)
    written(Kind.CLOCKS, {"exit_grace_hours": 1}, since=last + timedelta(days=1))
    stay = present()
    later = present(
        a_reservation(state="arrived"),
        name="Kadek",
        sex="P",
        during=(ARRIVAL, last + next_stay + timedelta(days=1)),
    )
    act_as(Acting.JOB)
    pass_once(at=on_day(15, 23))
    assert not Escalation.objects.filter(trigger="exit_open").exists()
    pass_once(at=on_day(16, 0))
    assert Escalation.objects.get(trigger="exit_open").stay == stay
    pass_once(at=on_day(25, 1))
    assert Escalation.objects.filter(trigger="exit_open", stay=later).exists()


def test_a_new_class_can_be_given_from_its_day_with_its_name() -> None:
    body = body_of(Kind.CLASSES)
    more = {
        "code": "screened",
        "group": "contact",
        "name": "Terjaring",
        "name_en": "Found",
    }
    body["classes"] = [*body["classes"], more]
    written(Kind.CLASSES, body)
    stay, by = present(), ratna()
    known = Known("screened", ARRIVAL)
    act_as(Acting.JOB)
    with pytest.raises(CannotClassify):
        classify(stay=stay, known=known, by=by, at=on_day(2))
    classify(stay=stay, known=known, by=by, at=on_day(3))
    with time_machine.travel(on_day(3), tick=False):
        assert queries.class_name("screened") == "Terjaring"
    assert queries.class_name("otg").startswith("OTG")


@pytest.mark.parametrize("since", [on_day(1).date(), on_day(0).date()])
def test_nothing_is_written_for_a_day_that_has_begun(since: date) -> None:
    with pytest.raises(BeginsTooEarly):
        written(Kind.LIMITS, {"fever": "37.5", "spo2": 94}, since=since)


def test_what_cannot_hold_is_refused_with_words() -> None:
    with pytest.raises(BadProtocol, match=r"37\.0 and 39\.5|37,0 dan 39,5"):
        written(Kind.LIMITS, {"fever": "41.0", "spo2": 94})


def test_of_two_for_one_day_the_later_written_holds() -> None:
    written(Kind.LIMITS, {"fever": "37.5", "spo2": 94})
    written(Kind.LIMITS, {"fever": "37.8", "spo2": 94})
    assert queries.limits_on(on_day(3).date()).fever == Decimal("37.8")


def confirmed(by: Actor, row: Protocol) -> None:
    confirm(version=row.pk, by=by, at=on_day(1))


def test_another_official_confirms_a_version_once() -> None:
    row = written(Kind.LIMITS, {"fever": "37.5", "spo2": 94})
    with pytest.raises(CannotConfirm):
        confirmed(KETUT, row)
    confirmed(PUTU, row)
    row.refresh_from_db()
    assert (row.verified_by, row.verified_at) == ("putu", on_day(1))
    with pytest.raises(CannotConfirm):
        confirmed(actor(Role.DINKES, "35.10", username="komang"), row)
    names = Event.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["isolation.protocol_written", "isolation.protocol_confirmed"]


def test_a_day_is_read_once_and_the_next_day_anew(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    read = django_assert_num_queries
    with time_machine.travel(on_day(3, 9), tick=False), read(1):
        for number in (1, 2, 3):
            queries.limits_on(on_day(number).date())
    # Who wrote at midnight may still commit.
    with time_machine.travel(on_day(4, 0, 5), tick=False), read(2):
        queries.limits_on(on_day(4).date())
        queries.limits_on(on_day(4).date())
    with time_machine.travel(on_day(4, 0, 10), tick=False), read(1):
        queries.limits_on(on_day(4).date())
        queries.limits_on(on_day(4).date())


def test_a_version_of_another_process_holds_from_its_day() -> None:
    with time_machine.travel(on_day(2), tick=False):
        queries.limits_on(on_day(2).date())
    Protocol.objects.create(
        kind=Kind.LIMITS,
        since=on_day(3).date(),
        body={"fever": "37.5", "spo2": 94},
        legal_reference="x",
        source_url="https://example.id/",
        by="ketut",
        at=on_day(2),
    )
    with time_machine.travel(on_day(3), tick=False):
        assert queries.limits_on(on_day(3).date()).fever == Decimal("37.5")


def test_protocol_begins_later() -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Protocol.objects.create(
            kind=Kind.LIMITS, since=JUNE, body={}, by="ketut", at=on_day(1, 0)
        )
    assert constraint_name(caught.value) == "protocol_begins_later"


def test_protocol_confirmed_by_another() -> None:
    row = written(Kind.CLOCKS, {"exit_grace_hours": 12})
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Protocol.objects.filter(pk=row.pk).update(
            verified_by="ketut", verified_at=on_day(1)
        )
    assert constraint_name(caught.value) == "protocol_confirmed_by_another"


def test_protocol_only_confirmed() -> None:
    row = written(Kind.CLOCKS, {"exit_grace_hours": 12})
    with pytest.raises(DatabaseError), transaction.atomic():
        Protocol.objects.filter(pk=row.pk).update(body={"exit_grace_hours": 72})


def test_protocol_kept() -> None:
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        Protocol.objects.all().delete()
