"""Batches of any size: what is more than one request can do is done by jobs."""

import pytest

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Assignment, Staff
from smartkampung.aid.models import Payment, PaymentBatch, PaymentWork
from smartkampung.aid.payments.actions import work
from smartkampung.aid.payments.actions.batches import (
    PaymentRefused,
    approve,
    make_batch,
    reopen,
    submit,
)
from smartkampung.aid.payments.queries.batches import totals_of
from smartkampung.aid.payments.rules.steps import Bar, Channel
from smartkampung.aid.payments.words import BARS
from smartkampung.jobs.inline import run_waiting
from smartkampung.residents.models import Person
from smartkampung.worklist.models import WorkItem
from tests import cases, payments
from tests.cases import NOW, TODAY
from tests.cast import KECAMATAN
from tests.payments import Counter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two payments be many: none at once, one in each part."""
    monkeypatch.setattr(work, "AT_ONCE", 1)
    monkeypatch.setattr(work, "PART", 1)


@pytest.fixture
def desk() -> Counter:
    """Open the counter with two recipients."""
    return payments.counter()


def empty(desk: Counter) -> PaymentBatch:
    """Return a draft with nobody in it."""
    return make_batch(
        programme=desk.round.cycle.programme,
        region_code=KECAMATAN,
        channel=Channel.BANK,
        pay_on=TODAY,
        by=desk.endang,
        at=NOW,
    )


def bars(caught: pytest.ExceptionInfo[PaymentRefused]) -> list[Bar]:
    """Return what stood in the way."""
    return caught.value.bars


def filled(desk: Counter) -> PaymentBatch:
    """Return a draft that jobs filled."""
    batch = empty(desk)
    work.fill(batch=batch, by=desk.endang, at=NOW)
    run_waiting()
    return batch


def approved(desk: Counter) -> PaymentBatch:
    """Return it approved."""
    batch = filled(desk)
    approve(batch=batch, seen=totals_of(batch), by=desk.bambang, at=NOW)
    return payments.fresh(batch)


@pytest.mark.closes("aid.approve_payment")
def test_what_was_submitted_is_off_the_list_once_it_is_approved(desk: Counter) -> None:
    batch = filled(desk)
    submit(batch=batch, by=desk.endang, at=NOW)
    approve(batch=batch, seen=totals_of(batch), by=desk.bambang, at=NOW)
    kinds = WorkItem.objects.filter(closed_at=None).values_list("kind", flat=True)
    assert "aid.approve_payment" not in kinds
    assert "aid.send_payment" in kinds


def test_a_large_draft_is_filled_part_by_part(desk: Counter) -> None:
    batch = empty(desk)
    begun = work.fill(batch=batch, by=desk.endang, at=NOW)
    assert isinstance(begun, PaymentWork)
    work.go_on(work_id=begun.pk, at=NOW)
    begun.refresh_from_db()
    assert (begun.state, begun.done, begun.total) == ("running", 1, 2)
    run_waiting()
    begun.refresh_from_db()
    assert (begun.state, begun.done) == ("done", 2)
    assert totals_of(batch).count == 2
    chosen = Payment.objects.filter(batch=batch)
    assert {row.account.person_id for row in chosen if row.account} == {
        desk.wayan.pk,
        desk.komang.pk,
    }


def test_nobody_approves_or_fills_again_while_it_is_being_filled(desk: Counter) -> None:
    batch = empty(desk)
    begun = work.fill(batch=batch, by=desk.endang, at=NOW)
    assert isinstance(begun, PaymentWork)
    work.go_on(work_id=begun.pk, at=NOW)
    with pytest.raises(PaymentRefused) as caught:
        approve(batch=batch, seen=totals_of(batch), by=desk.bambang, at=NOW)
    assert bars(caught) == [Bar.WORKING]
    with pytest.raises(PaymentRefused) as caught:
        work.fill(batch=batch, by=desk.endang, at=NOW)
    assert bars(caught) == [Bar.WORKING]


def test_what_was_filled_stays_when_it_is_stopped(desk: Counter) -> None:
    batch = empty(desk)
    begun = work.fill(batch=batch, by=desk.endang, at=NOW)
    assert isinstance(begun, PaymentWork)
    work.go_on(work_id=begun.pk, at=NOW)
    work.stop(batch=batch, by=desk.endang, at=NOW)
    run_waiting()
    assert totals_of(batch).count == 1
    with pytest.raises(work.WorkOver):
        work.stop(batch=batch, by=desk.endang, at=NOW)
    # The rest is filled in when somebody asks again.
    assert work.fill(batch=batch, by=desk.endang, at=NOW) == 1


def test_a_large_batch_is_sent_by_a_job_and_once(desk: Counter) -> None:
    batch = approved(desk)
    begun = work.send(batch=batch, by=desk.dian, at=NOW)
    assert isinstance(begun, PaymentWork)
    with pytest.raises(PaymentRefused) as caught:
        work.send(batch=batch, by=desk.dian, at=NOW)
    assert bars(caught) == [Bar.WORKING]
    run_waiting()
    begun.refresh_from_db()
    assert (begun.state, begun.done) == ("done", 2)
    assert payments.fresh(batch).state == "sent"
    assert payments.held()["in_transit"] == 600_000
    assert work.send(batch=payments.fresh(batch), by=desk.dian, at=NOW) is None
    assert payments.held()["in_transit"] == 600_000


@pytest.mark.closes("aid.send_payment")
def test_a_refusal_ends_the_work_and_says_why(desk: Counter) -> None:
    batch = approved(desk)
    begun = work.send(batch=batch, by=desk.dian, at=NOW)
    assert isinstance(begun, PaymentWork)
    reopen(batch=batch, by=desk.bambang, at=NOW)
    run_waiting()
    begun.refresh_from_db()
    assert begun.state == "refused"
    assert begun.problem
    assert payments.held()["in_transit"] == 0


@pytest.mark.parametrize("how", ["revoked", "closed"])
def test_a_send_does_not_go_on_for_somebody_who_may_not_any_more(
    desk: Counter, how: str
) -> None:
    batch = approved(desk)
    begun = work.send(batch=batch, by=desk.dian, at=NOW)
    assert isinstance(begun, PaymentWork)
    leaves(desk.dian, how)
    run_waiting()
    begun.refresh_from_db()
    assert (begun.state, begun.problem) == ("refused", str(BARS[Bar.RIGHT_ENDED]))
    assert payments.fresh(batch).state == "approved"
    assert payments.held()["in_transit"] == 0
    assert "aid.send_payment" in cases.open_work_kinds()


@pytest.mark.closes("aid.fill_payment")
def test_filling_does_not_go_on_either_and_waits_for_a_colleague(desk: Counter) -> None:
    batch = empty(desk)
    begun = work.fill(batch=batch, by=desk.endang, at=NOW)
    assert isinstance(begun, PaymentWork)
    work.go_on(work_id=begun.pk, at=NOW)
    leaves(desk.endang, "revoked")
    run_waiting()
    begun.refresh_from_db()
    assert (begun.state, begun.done) == ("refused", 1)
    assert "aid.fill_payment" in cases.open_work_kinds()
    work.fill(batch=batch, by=desk.bambang, at=NOW)
    assert "aid.fill_payment" not in cases.open_work_kinds()


def leaves(officer: Actor, how: str) -> None:
    """Take the office from somebody, or close the account."""
    if how == "closed":
        Staff.objects.filter(pk=officer.staff_id).update(is_active=False)
        return
    rows = Assignment.objects.filter(staff=officer.staff_id)
    rows.update(until=TODAY)


@pytest.mark.closes("aid.confirm_account")
def test_whoever_stops_a_work_had_a_hand_in_who_is_paid(desk: Counter) -> None:
    batch = empty(desk)
    work.fill(batch=batch, by=desk.endang, at=NOW)
    work.stop(batch=batch, by=desk.dian, at=NOW)
    assert desk.dian.staff_id in payments.fresh(batch).makers


def test_only_a_draft_is_filled(desk: Counter) -> None:
    batch = approved(desk)
    Payment.objects.filter(batch=batch).update(state="withdrawn")
    with pytest.raises(PaymentRefused) as caught:
        work.fill(batch=batch, by=desk.endang, at=NOW)
    assert bars(caught) == [Bar.NOT_THIS_STEP]


def test_many_left_out_wait_again(desk: Counter) -> None:
    batch = approved(desk)
    Person.objects.filter(pk=desk.wayan.pk).update(status="dead")
    work.send(batch=batch, by=desk.dian, at=NOW)
    run_waiting()
    left = payments.payment_of(batch, desk.wayan)
    assert (left.state, left.reason) == ("withdrawn", "dead")
