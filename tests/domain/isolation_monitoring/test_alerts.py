"""Whoever stands on the ladder is told in time, answers, or the next are told."""

import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.audit.models import Event
from smartkampung.isolation.arrival.actions.leaving import report_left
from smartkampung.isolation.models import Escalation, Stay
from smartkampung.isolation.monitoring import queries
from smartkampung.isolation.monitoring.actions.alerts import (
    AlreadyAnswered,
    acknowledge,
    escalate,
    pass_once,
    settle,
)
from smartkampung.isolation.monitoring.actions.checks import (
    Seen,
    record_check,
    report_oneself,
)
from smartkampung.isolation.monitoring.rules.checks import Outcome
from smartkampung.isolation.monitoring.rules.health import Symptom, Told
from smartkampung.isolation.monitoring.rules.ladder import Trigger
from smartkampung.kernel.errors import constraint_name
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.isolating import a_reservation
from tests.watching import (
    CODE,
    WELL,
    due,
    look,
    on_day,
    present,
    ratna,
    rights,
    see_as,
    seen,
)
from tests.web.posts import POSTS

pytestmark = pytest.mark.django_db
P = Permission
FEVER = Told(temperature=Decimal("38.0"))


def open_alerts(stay: Stay) -> list[str]:
    act_as(Kind.JOB)
    rows = Escalation.objects.filter(stay=stay, closed_at=None)
    return sorted(rows.values_list("trigger", flat=True))


def work() -> list[tuple[str, str, bool]]:
    rows = WorkItem.objects.filter(closed_at=None, target__startswith="isolation.esc")
    return sorted(rows.values_list("kind", "permission", "urgent"))


def passes(*moments: tuple[int, int]) -> int:
    act_as(Kind.JOB)
    return sum(pass_once(at=on_day(number, hour)) for number, hour in moments)


def test_one_missed_day_is_told_to_the_puskesmas_and_two_to_the_village() -> None:
    stay = present()
    assert passes((1, 9), (1, 23)) == 0
    assert passes((2, 0), (2, 1), (2, 9)) == 1
    assert open_alerts(stay) == ["missed"]
    assert work() == [("isolation.see", P.MONITORING_RECORD, False)]
    assert passes((3, 0), (3, 0)) == 1
    assert open_alerts(stay) == ["missed", "missed_again"]
    assert ("isolation.look_for", P.ESCALATION_ANSWER, False) in work()
    assert Event.objects.filter(name="isolation.escalated").count() == 2


def test_being_seen_answers_what_was_missed() -> None:
    stay, by = present(), ratna()
    passes((1, 9), (3, 0))
    look(stay, by, at=on_day(3))
    assert open_alerts(stay) == []
    assert work() == []
    assert passes((3, 12), (4, 0)) == 0, "a day that was answered is not told again"
    assert passes((5, 0)) == 1
    assert open_alerts(stay) == ["missed"]


def test_whoever_was_seen_this_morning_is_not_told_as_missed_before_noon() -> None:
    stay, by = present(), ratna()
    assert passes((1, 9), (2, 0), (3, 0)) == 2
    look(stay, by, at=on_day(3, 8))
    assert open_alerts(stay) == []
    assert passes((3, 9), (4, 0)) == 0, "two days were missed, and answered today"


def test_a_report_answers_too_but_not_for_who_left_the_house() -> None:
    stay = present(code=CODE)
    passes((1, 9), (2, 0))
    escalate(stay, Trigger.LEFT, at=on_day(2), by="babinsa")
    assert open_alerts(stay) == ["left", "missed"]
    queries.party_by_code(CODE)
    report_oneself(stay=stay, seen=seen(Outcome.REPORTED), at=on_day(2))
    assert open_alerts(stay) == ["left"]
    look(stay, ratna(), at=on_day(2, 12))
    assert open_alerts(stay) == []


@pytest.mark.closes("isolation.look_for")
def test_a_call_is_no_sight_of_who_left_and_a_sight_ends_the_absence() -> None:
    stay, doctor = present(), ratna()
    rudi = rights(cast.staff("rudi", Role.BABINSA, cast.HERE))
    gone = report_left(stay=stay, words="Pergi.", by=rudi, at=on_day(2))
    look(stay, doctor, at=on_day(2, 11), outcome=Outcome.CALLED)
    assert open_alerts(stay) == ["left"]
    look(stay, doctor, at=on_day(2, 12))
    assert open_alerts(stay) == []
    gone.refresh_from_db()
    assert (gone.ended, gone.ended_by, gone.ended_at) == (
        "returned",
        "ratna",
        on_day(2, 12),
    )


def test_a_call_follows_a_day_and_says_how_somebody_is_but_is_no_exit() -> None:
    stay, doctor = present(), ratna()
    told = Told(unwell=True, symptoms=(Symptom.BREATHLESS,))
    row = due(stay, at=on_day(1))
    called = Seen(uuid.uuid4(), Outcome.CALLED, told)
    record_check(obligation=row, seen=called, by=doctor, at=on_day(1))
    assert open_alerts(stay) == ["ill"]
    assert passes((2, 0)) == 0
    last = due(stay, at=on_day(14))
    well = Seen(uuid.uuid4(), Outcome.CALLED, WELL)
    record_check(obligation=last, seen=well, by=doctor, at=on_day(14))
    stay.refresh_from_db()
    assert stay.state == "present"


def test_fever_is_told_to_the_puskesmas_at_once_and_once() -> None:
    stay, by = present(), ratna()
    look(stay, by, at=on_day(1), told=FEVER)
    look(stay, by, at=on_day(1, 12), told=FEVER)
    assert open_alerts(stay) == ["ill"]
    row = Escalation.objects.get()
    assert (row.health, row.due_at) == (True, on_day(1, 11))
    event = Event.objects.get(name="isolation.escalated")
    assert event.detail == {"kind": "isolation.see"}, "the diary says nothing of health"
    look(stay, by, at=on_day(2))
    assert open_alerts(stay) == ["ill"], "only words of the Puskesmas close it"


def test_fever_that_somebody_reports_is_told_as_well() -> None:
    stay = present(code=CODE)
    due(stay, at=on_day(1))
    queries.party_by_code(CODE)
    form = seen(Outcome.REPORTED)
    told = type(form)(form.form_id, Outcome.REPORTED, FEVER)
    report_oneself(stay=stay, seen=told, at=on_day(1))
    assert not Escalation.objects.exists(), "the code opens no alert"
    assert open_alerts(stay) == ["ill"]


@pytest.mark.closes("isolation.see")
def test_who_goes_says_so_and_then_what_came_of_it() -> None:
    stay, by = present(), ratna()
    look(stay, by, at=on_day(1), told=FEVER)
    see_as(by, P.ESCALATION_ANSWER)
    row = queries.alerts_for(by).get()
    acknowledge(escalation=row, by=by, at=on_day(1, 10))
    acknowledge(escalation=row, by=by, at=on_day(1, 11))
    row.refresh_from_db()
    assert row.acknowledged_at == on_day(1, 10)
    settle(escalation=row, note="Diberi obat.", by=by, at=on_day(1, 12))
    for act in (acknowledge, settle):
        more = {"note": "Lagi."} if act is settle else {}
        with pytest.raises(AlreadyAnswered):
            act(escalation=row, by=by, at=on_day(1, 13), **more)
    assert open_alerts(stay) == []
    assert work() == []


def test_what_nobody_acknowledges_in_time_goes_one_rung_up_once() -> None:
    present()
    passes((1, 9), (2, 0), (2, 11))
    assert Escalation.objects.get().raised_at is None
    passes((2, 12), (2, 13))
    row = Escalation.objects.get()
    assert row.raised_at == on_day(2, 12)
    assert work() == [("isolation.see", P.MONITORING_RECORD, True)]


def test_what_is_acknowledged_stays_on_its_rung() -> None:
    by = ratna()
    stay = present()
    passes((1, 9), (2, 0))
    acknowledge(escalation=Escalation.objects.get(), by=by, at=on_day(2, 8))
    passes((2, 13))
    assert Escalation.objects.get(stay=stay).raised_at is None


def test_a_day_after_the_last_a_named_officer_must_decide() -> None:
    stay, by = present(), ratna()
    for number in range(1, 14):
        look(stay, by, at=on_day(number))
    assert passes((14, 9), (15, 0), (15, 23)) == 0, "24 hours of grace"
    assert passes((16, 0), (16, 1)) == 1
    assert open_alerts(stay) == ["exit_open"]
    assert work() == [("isolation.decide_exit", P.RELEASE_DECIDE, False)]


def test_after_days_on_which_nothing_ran_everybody_is_told_what_they_missed() -> None:
    stay, by = present(), ratna()
    look(stay, by, at=on_day(9))
    assert passes((22, 3)) == 3
    assert open_alerts(stay) == ["exit_open", "missed", "missed_again"]
    assert ("isolation.look_for", P.ESCALATION_ANSWER, False) in work()
    rows = Escalation.objects.order_by("due_at", "pk")
    assert [row.trigger for row in rows][-1] == "exit_open"
    assert passes((22, 3)) == 0, "told once"


def test_a_look_of_the_evening_is_not_missed_where_the_morning_was_seen() -> None:
    stay, by = present(), ratna()
    look(stay, by, at=on_day(1), told=Told(unwell=True))
    look(stay, by, at=on_day(2, 9), told=Told(unwell=True))
    assert passes((2, 16), (3, 0)) == 0


@pytest.mark.parametrize("role", list(Role))
def test_who_may_see_which_alert(role: Role) -> None:
    act_as(Kind.JOB)
    stay = present(a_reservation(state="arrived", region_code=cast.RT_HERE))
    for trigger in Trigger:
        escalate(stay, trigger, at=on_day(1), by="test")
    place = POSTS[role][0]
    where = {"centre": place} if place == cast.PUSKESMAS else {"region": place}
    officer = rights(cast.staff(f"one-{role}", role, **where))
    see_as(officer, P.ESCALATION_ANSWER)
    found = {row.trigger for row in queries.alerts_for(officer)}
    reached = {row.trigger for row in Escalation.objects.all()}
    if P.ESCALATION_ANSWER not in PERMISSIONS[role]:
        assert found == reached == set()
    elif P.ISOLATION_HEALTH_VIEW in PERMISSIONS[role]:
        assert found == reached == {one.value for one in Trigger}
    else:
        assert found == {"missed_again", "left"}
        assert "ill" not in reached, "PostgreSQL itself hides it"


def test_escalation_open_once() -> None:
    stay = present()
    row = escalate(stay, Trigger.LEFT, at=on_day(1), by="test")
    assert escalate(stay, Trigger.LEFT, at=on_day(2), by="test") == row
    row.pk = None
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        row.save(force_insert=True)
    assert constraint_name(caught.value) == "escalation_open_once"


@pytest.mark.parametrize("half", ["acknowledged_at", "closed_at"])
def test_escalation_acknowledged_by_somebody(half: str) -> None:
    escalate(present(), Trigger.LEFT, at=on_day(1), by="test")
    act_as(Kind.JOB)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Escalation.objects.update(**{half: on_day(2)})
    what = half.removesuffix("_at")
    assert constraint_name(caught.value) == f"escalation_{what}_by_somebody"


def test_escalation_closed_by_somebody() -> None:
    escalate(present(), Trigger.LEFT, at=on_day(1), by="test")
    act_as(Kind.JOB)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Escalation.objects.update(closed_by="ratna")
    assert constraint_name(caught.value) == "escalation_closed_by_somebody"
