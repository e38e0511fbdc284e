"""Changes keep their history; who recovered is looked at again, and may come back."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError

from smartkampung.accounts.models import Staff
from smartkampung.audit.models import Event
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.models import Message
from smartkampung.recovery.affected.actions.follow_up import (
    CannotFollowUp,
    answer_follow_up,
    look_between,
    open_due,
)
from smartkampung.recovery.affected.actions.match import lay_to
from smartkampung.recovery.affected.actions.situation import CannotTell, Now, tell
from smartkampung.recovery.affected.actions.verify import CannotVerify, verify
from smartkampung.recovery.affected.models import Affected, FollowUp, Situation
from smartkampung.recovery.affected.queries.following import registration_by_code
from smartkampung.recovery.affected.rules.course import Direction, Work
from smartkampung.worklist.models import WorkItem
from tests.affected import (
    LATER,
    NO_BOSS,
    NOON,
    actor,
    on_the_list,
    registered,
    village_head,
    waiting,
)
from tests.cast import sari

pytestmark = pytest.mark.django_db
Outcome = FollowUp.Outcome
HARD = Now(Work.CASUAL, Direction.SAME, 500_000)
WELL = Now(Work.JOB, Direction.BETTER, 2_800_000, recovered=True)
NEXT_MONTH = LATER + timedelta(days=31)


def kinds() -> list[str]:
    waits = WorkItem.objects.filter(closed_at=None)
    return sorted(waits.values_list("kind", flat=True))


def recovered() -> Affected:
    officer = sari()
    case = on_the_list(officer)
    tell(affected=case, now=WELL, by=actor(officer), at=LATER)
    case.refresh_from_db()
    return case


def test_each_change_is_kept() -> None:
    officer = sari()
    case = on_the_list(officer)
    tell(affected=case, now=HARD, at=LATER)
    tell(affected=case, now=HARD, by=actor(officer), at=LATER)
    told = Situation.objects.order_by("pk").values_list("told_by", "income")
    assert list(told) == [("", 500_000), ("sari", 500_000)]
    case.refresh_from_db()
    assert case.income_after == 400_000, "what was told first stays as it was"


def test_nothing_changes_about_who_is_not_on_the_list() -> None:
    with pytest.raises(CannotTell):
        tell(affected=waiting(), now=HARD, at=LATER)


@pytest.mark.closes("affected.recovery")
def test_the_village_looks_when_somebody_says_they_recovered() -> None:
    officer = sari()
    case = on_the_list(officer)
    tell(affected=case, now=WELL, at=LATER)
    case.refresh_from_db()
    assert (case.state, kinds()) == ("verified", ["affected.recovery"])
    tell(affected=case, now=WELL, by=actor(officer), at=LATER)
    case.refresh_from_db()
    assert (case.state, case.closed_at, kinds()) == ("recovered", LATER, [])


def test_who_recovered_is_looked_at_after_one_three_and_six_months() -> None:
    recovered()
    due = FollowUp.objects.order_by("months").values_list("months", "due_on")
    assert list(due) == [
        (1, date(2026, 12, 25)),
        (3, date(2027, 2, 25)),
        (6, date(2027, 5, 25)),
    ]
    assert open_due(at=LATER) == 0
    assert open_due(at=NEXT_MONTH) == 1
    assert open_due(at=NEXT_MONTH) == 1
    assert kinds() == ["affected.follow_up"]
    assert Message.objects.filter(template="affected_how").count() == 1


@pytest.mark.closes("affected.follow_up")
def test_who_is_well_stays_off_the_list() -> None:
    recovered()
    open_due(at=NEXT_MONTH)
    look, by = FollowUp.objects.get(months=1), actor(village_head())
    again = answer_follow_up(
        follow_up=look, outcome=Outcome.STILL_RECOVERED, by=by, at=NEXT_MONTH
    )
    assert (again, kinds()) == (None, [])
    with pytest.raises(CannotFollowUp):
        answer_follow_up(
            follow_up=look, outcome=Outcome.FELL_BACK, by=by, at=NEXT_MONTH
        )


@pytest.mark.closes("affected.verify")
def test_who_fell_back_gets_a_record_that_somebody_else_verifies() -> None:
    case = recovered()
    look, head = FollowUp.objects.get(months=1), actor(village_head())
    again = answer_follow_up(
        follow_up=look, outcome=Outcome.FELL_BACK, by=head, at=NEXT_MONTH
    )
    assert again is not None
    assert (again.again_after, again.state, again.debts) == (
        case,
        "to_verify",
        5_000_000,
    )
    assert kinds() == ["affected.verify"]
    assert not FollowUp.objects.filter(outcome="").exists()
    with pytest.raises(CannotVerify):
        verify(
            affected=again,
            accepted=True,
            unconfirmed_why=NO_BOSS,
            by=head,
            at=NEXT_MONTH,
        )


def test_a_record_opened_meanwhile_serves() -> None:
    recovered()
    meanwhile = registered().affected
    look = FollowUp.objects.get(months=1)
    again = answer_follow_up(
        follow_up=look,
        outcome=Outcome.FELL_BACK,
        by=actor(village_head()),
        at=NEXT_MONTH,
    )
    assert again == meanwhile
    assert Affected.objects.filter(state="to_verify").count() == 1


def test_who_fell_back_may_say_so_by_code() -> None:
    case = recovered()
    tell(affected=case, now=HARD, at=NEXT_MONTH)
    assert kinds() == ["affected.recovery"]
    with pytest.raises(CannotTell):
        tell(affected=case, now=WELL, at=NEXT_MONTH)


def test_another_registration_of_who_is_listed_tells_nothing_until_seen() -> None:
    officer = sari()
    case = on_the_list(officer)
    again = registered()
    assert (again.state, again.findings) == ("to_match", ["matched", "already_listed"])
    lay_to(registration=again, person=case.person, by=actor(officer), at=LATER)
    run_waiting()
    again.refresh_from_db()
    assert again.affected == case
    assert kinds() == []


def test_the_code_tells_of_the_record_only_after_a_decision(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    codes = iter(["K7QF-2M9X-TB4C"])
    path = "smartkampung.intake.actions.cases.new_code"
    monkeypatch.setattr(path, lambda: next(codes))
    case = waiting()
    before = registration_by_code("k7qf 2m9x tb4c", at=NOON)
    assert before is not None
    assert before.record is None
    verify_as_job(case)
    after = registration_by_code("K7QF-2M9X-TB4C", at=NOON)
    assert after is not None
    assert after.record == case


def verify_as_job(case: Affected) -> None:
    act_as(Kind.JOB)
    by = actor(sari())
    verify(affected=case, accepted=True, unconfirmed_why=NO_BOSS, by=by, at=LATER)
    run_waiting()


def test_each_look_between_is_kept_and_written_down() -> None:
    case, head = recovered(), actor(village_head())
    for outcome in (Outcome.STILL_RECOVERED, Outcome.STILL_RECOVERED):
        look_between(affected=case, outcome=outcome, by=head, at=LATER)
    assert FollowUp.objects.filter(affected=case, months=0).count() == 2
    assert Event.objects.filter(name="affected.followed_up").count() == 2


def test_who_reopened_a_record_never_verifies_it() -> None:
    case, head = recovered(), actor(village_head())
    looks = FollowUp.objects.filter(affected=case)
    done = {"outcome": "still_recovered", "answered_by": "tini", "answered_at": LATER}
    looks.update(**done)
    again = look_between(affected=case, outcome=Outcome.FELL_BACK, by=head, at=LATER)
    assert again is not None
    other = actor(Staff.objects.get(username="sari"))
    look_between(affected=case, outcome=Outcome.STILL_RECOVERED, by=other, at=LATER)
    with pytest.raises(CannotVerify, match="Anda mendaftarkan"):
        verify(
            affected=again, accepted=True, unconfirmed_why=NO_BOSS, by=head, at=LATER
        )


def test_follow_up_answered_once() -> None:
    case, head = recovered(), actor(village_head())
    look_between(affected=case, outcome=Outcome.STILL_RECOVERED, by=head, at=LATER)
    with pytest.raises(ProgrammingError, match="pgtrigger: Cannot update"):
        FollowUp.objects.filter(affected=case, months=0).update(note="lain")
