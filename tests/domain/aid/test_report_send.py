"""Sending a report: one receipt, one row, nobody asked about."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from smartkampung.aid.actions import outcome
from smartkampung.aid.actions.outcome import TooManyCodes, ask_for_code
from smartkampung.aid.actions.report import (
    PER_PERSON,
    Receipt,
    ReportingClosed,
    TooManyForPerson,
    send_report,
)
from smartkampung.aid.models import Report, ReportingPhase
from smartkampung.aid.rules.report import Channel
from smartkampung.intake.actions.answers import KeyReused
from smartkampung.intake.actions.quota import QuotaUsedUp
from smartkampung.intake.models import TrackedCase
from smartkampung.intake.queries import case_by_code
from smartkampung.intake.rules import Limit
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.models import Message
from tests.cast import FAR_AWAY, HERE, RT_HERE, places
from tests.reporting import NOON, open_phase, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground() -> None:
    places()


def send(**changes: object) -> object:
    return send_report(told=told(**changes), channel=Channel.WEB, by="public", at=NOON)


def reports() -> int:
    act_as(Kind.JOB)
    return Report.objects.count()


def test_the_receipt_opens_a_timeline_that_is_due_in_seven_days() -> None:
    open_phase()
    receipt = send_report(told=told(), channel=Channel.WEB, by="public", at=NOON)
    case = case_by_code(receipt.code.lower().replace("-", " "), at=NOON)
    assert case is not None
    assert case.reached == {"received": NOON}
    assert receipt.due_on == case.due_on == (NOON + timedelta(days=7)).date()
    assert reports() == 1


def test_the_same_form_twice_is_one_report_with_one_receipt() -> None:
    open_phase(quota=1)
    form = told()
    first = send_report(told=form, channel=Channel.WEB, by="public", at=NOON)
    again = send_report(told=form, channel=Channel.WEB, by="public", at=NOON)
    assert (again.code, again.repeated) == (first.code, True)
    assert reports() == 1
    assert Message.objects.count() == 1


def test_the_same_form_with_other_answers_is_refused() -> None:
    open_phase()
    form = told()
    send_report(told=form, channel=Channel.WEB, by="public", at=NOON)
    other = told(form_id=form.form_id, region_code=FAR_AWAY)
    with pytest.raises(KeyReused):
        send_report(told=other, channel=Channel.WEB, by="public", at=NOON)
    assert reports() == 1


def test_report_form_once() -> None:
    """The table keeps the promise even where the action forgot its key."""
    open_phase()
    form = told()
    send_report(told=form, channel=Channel.WEB, by="public", at=NOON)
    act_as(Kind.JOB)
    row = Report.objects.get()
    row.pk, row.code_hash = None, b"another"
    with pytest.raises(IntegrityError, match="report_form_once"), transaction.atomic():
        row.save(force_insert=True)


def test_when_no_phase_is_open_the_refusal_says_when_the_next_one_is() -> None:
    ReportingPhase.objects.create(
        opens_at=NOON + timedelta(days=3),
        closes_at=NOON + timedelta(days=9),
        daily_quota_per_village=5,
        opened_by="test",
    )
    with pytest.raises(ReportingClosed) as refusal:
        send()
    assert refusal.value.opens_at == NOON + timedelta(days=3)
    assert not TrackedCase.objects.exists()


def test_when_no_phase_is_planned_the_refusal_knows_no_date() -> None:
    with pytest.raises(ReportingClosed) as refusal:
        send()
    assert refusal.value.opens_at is None


def test_a_village_has_its_own_daily_quota() -> None:
    open_phase(quota=2)
    send()
    send(region_code=HERE)  # the same village, its RT not known
    with pytest.raises(QuotaUsedUp):
        send()
    send(region_code=FAR_AWAY)
    tomorrow = NOON + timedelta(days=1)
    send_report(told=told(), channel=Channel.WEB, by="public", at=tomorrow)
    assert reports() == 4


def test_a_refused_report_may_be_sent_again_with_the_same_form() -> None:
    phase = open_phase(quota=1)
    send()
    form = told()
    with pytest.raises(QuotaUsedUp):
        send_report(told=form, channel=Channel.WEB, by="public", at=NOON)
    tomorrow = NOON + timedelta(days=1)
    receipt = send_report(told=form, channel=Channel.WEB, by="public", at=tomorrow)
    assert not receipt.repeated
    assert phase.daily_quota_per_village == 1


def test_assisted_reports_pass_a_full_quota_and_a_closed_door() -> None:
    act_as(Kind.STAFF, scope=[RT_HERE])
    receipt = send_report(told=told(), channel=Channel.ASSISTED, by="sari", at=NOON)
    assert receipt.code
    assert Report.objects.get().assisted_by == "sari"


def test_one_person_is_reported_so_often_a_day_and_no_more() -> None:
    open_phase(quota=PER_PERSON.count + 5)
    for _time in range(PER_PERSON.count):
        send()
    with pytest.raises(TooManyForPerson):
        send()


def test_whoever_reports_a_nik_without_end_keeps_nobody_else_from_it() -> None:
    open_phase(quota=PER_PERSON.count + 5)
    stranger = "203.0.113.9"
    for _time in range(PER_PERSON.count):
        send_from(stranger)
    with pytest.raises(TooManyForPerson):
        send_from(stranger)
    assert send_from("198.51.100.7").code


def send_from(sender: str) -> Receipt:
    """Send a report about one NIK from an address."""
    return send_report(
        told=told(), channel=Channel.WEB, by="public", sender=sender, at=NOON
    )


def test_without_a_phone_no_message_is_queued() -> None:
    open_phase()
    send(phone="")
    assert not Message.objects.exists()
    act_as(Kind.JOB)
    assert Report.objects.get().reporter_phone is None


def test_the_public_sees_its_own_report_and_no_other() -> None:
    open_phase()
    send()
    mine = send_report(told=told(), channel=Channel.WEB, by="public", at=NOON)
    case = case_by_code(mine.code, at=NOON)
    assert case is not None
    act_as(Kind.PUBLIC, tracking=case.code_hash)
    assert [bytes(row.code_hash) for row in Report.objects.all()] == [case.code_hash]
    act_as(Kind.PUBLIC)
    assert not Report.objects.exists()


def test_a_report_in_a_log_names_nobody() -> None:
    form = told()
    assert repr(form) == f"<Told {form.form_id}>"


def test_asking_for_codes_of_one_unmatched_report_takes_none_from_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outcome, "PER_CLAIM", Limit("x", 1, timedelta(days=1)))
    open_phase(quota=5)
    send()
    send()
    act_as(Kind.JOB)
    mine, others = Report.objects.order_by("pk")
    ask_for_code(report=mine, at=NOON)
    with pytest.raises(TooManyCodes):
        ask_for_code(report=mine, at=NOON)
    ask_for_code(report=others, at=NOON)
