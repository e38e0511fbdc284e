"""Batches: one for each programme, kecamatan and stage."""

from datetime import timedelta
from typing import Any

import pytest

from smartkampung.aid.actions.batch import (
    BatchExists,
    BatchRefused,
    add_dues,
    close_batch,
    mark_ready,
    prepare_batch,
    remove_dues,
)
from smartkampung.aid.actions.news import tell_batch
from smartkampung.aid.actions.replan import discard_batch, move_batch
from smartkampung.aid.models import Batch, Entitlement
from smartkampung.aid.rules.handover import Outcome
from smartkampung.notify.models import Message
from smartkampung.notify.texts import text_of
from tests import cases, cast, population
from tests.cases import NOW, TODAY, call

pytestmark = pytest.mark.django_db


def test_a_stage_has_one_batch() -> None:
    desk = cases.desk()
    cases.draft(desk)
    with pytest.raises(BatchExists):
        cases.draft(desk)
    cases.draft(desk, stage=2)


def test_no_batch_elsewhere_and_none_in_the_past() -> None:
    desk = cases.desk()
    given: dict[str, Any] = {
        "programme": cases.programme(),
        "stage": 1,
        "place": "Balai desa",
        "by": desk.endang,
        "at": NOW,
    }
    with pytest.raises(BatchRefused):
        prepare_batch(kecamatan_code=cast.OTHER_KECAMATAN, hand_over_on=TODAY, **given)
    with pytest.raises(BatchRefused):
        prepare_batch(
            kecamatan_code=cast.KECAMATAN,
            hand_over_on=TODAY - timedelta(days=1),
            **given,
        )
    with pytest.raises(BatchRefused, match="60"):
        prepare_batch(
            kecamatan_code=cast.KECAMATAN,
            hand_over_on=TODAY.replace(year=2099),
            **given,
        )


def test_only_what_fits_is_added() -> None:
    desk = cases.desk()
    fits = cases.approved(desk)
    komang = population.person("Komang", "3510095505900001")
    taken = cases.approved(desk, komang)
    cases.announced(desk, taken, stage=2)
    cases.fund("blt_dd", 300_000)
    claim = cases.claim_of(population.person("Putu", "3510094404900001"))
    cases.visit(claim, desk.sari)
    cases.approve(claim, desk.endang, "blt_dd")
    other = cases.due_of(claim)
    batch = cases.draft(desk)
    chosen = [fits.pk, taken.pk, other.pk]
    assert add_dues(batch=batch, due_ids=chosen, by=desk.endang, at=NOW) == 1
    assert list(batch.dues.all()) == [fits]


def test_who_is_taken_out_keeps_the_aid_and_waits_as_before() -> None:
    desk = cases.desk(budget=5)
    stays = cases.approved(desk)
    goes = cases.approved(desk, population.person("Komang", "3510095505900001"))
    batch = cases.draft(desk)
    both = [stays.pk, goes.pk]
    add_dues(batch=batch, due_ids=both, by=desk.endang, at=NOW)
    held, work = cases.held(), cases.open_work_kinds()
    assert remove_dues(batch=batch, due_ids=[goes.pk], by=desk.endang, at=NOW) == 1
    assert list(batch.dues.all()) == [stays]
    assert cases.held() == held == (3, 2, 0)
    assert cases.open_work_kinds() == work == ["aid.batch", "aid.batch"]
    mark_ready(batch=batch, by=desk.endang, at=NOW)
    assert cases.open_work_kinds() == ["aid.batch", "aid.hand_over"]
    cases.announced(desk, goes, stage=2)
    call(Entitlement.objects.get(pk=goes.pk), desk.sari)
    assert cases.held() == (3, 1, 1)


def test_who_was_taken_out_is_put_back() -> None:
    desk = cases.desk()
    due = cases.approved(desk)
    batch = cases.draft(desk)
    for _time in range(2):
        assert add_dues(batch=batch, due_ids=[due.pk], by=desk.endang, at=NOW) == 1
        assert remove_dues(batch=batch, due_ids=[due.pk], by=desk.endang, at=NOW) == 1
    assert not batch.dues.exists()


def test_the_recipients_of_another_batch_are_not_taken_out_of_it() -> None:
    desk = cases.desk()
    due = cases.approved(desk)
    theirs, ours = cases.draft(desk), cases.draft(desk, stage=2)
    add_dues(batch=theirs, due_ids=[due.pk], by=desk.endang, at=NOW)
    assert remove_dues(batch=ours, due_ids=[due.pk], by=desk.endang, at=NOW) == 0
    assert list(theirs.dues.all()) == [due]


def test_nobody_is_taken_out_of_an_announced_batch() -> None:
    desk = cases.desk()
    due = cases.approved(desk)
    batch = cases.announced(desk, due)
    with pytest.raises(BatchRefused):
        remove_dues(batch=batch, due_ids=[due.pk], by=desk.endang, at=NOW)
    assert list(batch.dues.all()) == [due]


def test_an_empty_batch_is_not_announced() -> None:
    desk = cases.desk()
    with pytest.raises(BatchRefused):
        mark_ready(batch=cases.draft(desk), by=desk.endang, at=NOW)


def test_an_announced_batch_is_not_filled_further() -> None:
    desk = cases.desk()
    batch = cases.announced(desk, cases.approved(desk))
    with pytest.raises(BatchRefused):
        add_dues(batch=batch, due_ids=[], by=desk.endang, at=NOW)


def test_the_families_are_told_day_and_place_once() -> None:
    desk = cases.desk()
    batch = cases.announced(desk, cases.approved(desk))
    tell_batch(batch_id=batch.pk)
    tell_batch(batch_id=batch.pk)
    message = Message.objects.get(template="collect")
    assert message.context == {
        "due_on": "Selasa, 24 November 2026",
        "place": "Balai desa",
    }
    text = text_of(message.template, context=message.context, language="id")
    assert text.startswith(
        "Smart Kampung: bantuan pemerintah untuk keluarga Anda siap diambil"
    )


def test_closing_leaves_who_did_not_come_for_the_next_stage() -> None:
    desk = cases.desk(budget=5)
    came = cases.approved(desk)
    missed = cases.approved(desk, population.person("Komang", "3510095505900001"))
    batch = cases.announced(desk, came, missed)
    call(Entitlement.objects.get(pk=came.pk), desk.sari)
    assert close_batch(batch=batch, by=desk.endang, at=NOW) == 1
    assert cases.batch_state(batch) == "closed"
    assert cases.open_work_kinds() == ["aid.batch"]
    assert cases.held() == (3, 1, 1)
    again = cases.announced(desk, missed, stage=2)
    call(Entitlement.objects.get(pk=missed.pk), desk.sari)
    assert cases.held() == (3, 0, 2)
    assert list(again.dues.all()) == [missed]


def test_a_late_note_of_the_day_still_counts_after_closing() -> None:
    desk = cases.desk()
    due = cases.approved(desk)
    batch = cases.announced(desk, due)
    close_batch(batch=batch, by=desk.endang, at=NOW)
    call(Entitlement.objects.get(pk=due.pk), desk.sari)
    assert cases.state_of(due.claim) == "handed_over"
    assert cases.open_work_kinds() == []


def test_closing_twice_is_refused() -> None:
    desk = cases.desk()
    batch = cases.announced(desk, cases.approved(desk))
    close_batch(batch=batch, by=desk.endang, at=NOW)
    with pytest.raises(BatchRefused):
        close_batch(batch=batch, by=desk.endang, at=NOW)


def test_a_recipient_who_declined_is_not_missed() -> None:
    desk = cases.desk(budget=2)
    due = cases.approved(desk)
    batch = cases.announced(desk, due)
    call(Entitlement.objects.get(pk=due.pk), desk.sari, Outcome.DECLINED)
    assert close_batch(batch=batch, by=desk.endang, at=NOW) == 0
    assert cases.held() == (2, 0, 0)


def test_aid_of_another_kecamatan_is_left_out() -> None:
    desk = cases.desk()
    afar = population.person("Komang", "3510105505900001", region=cast.FAR_AWAY)
    due = cases.approved(desk, afar)
    batch = cases.draft(desk)
    assert add_dues(batch=batch, due_ids=[due.pk], by=desk.endang, at=NOW) == 0
    assert not batch.dues.exists()


def move(batch: Batch, desk: cases.Desk, days: int = 3) -> None:
    """Put a batch off to another day at the village hall."""
    move_batch(
        batch=batch,
        hand_over_on=TODAY + timedelta(days=days),
        place="Balai desa",
        by=desk.endang,
        at=NOW,
    )


def test_who_was_told_the_wrong_day_is_told_the_right_one() -> None:
    desk = cases.desk()
    batch = cases.announced(desk, cases.approved(desk))
    tell_batch(batch_id=batch.pk)
    move(batch, desk)
    tell_batch(batch_id=batch.pk)
    tell_batch(batch_id=batch.pk)
    told = Message.objects.filter(template="collect").order_by("pk")
    assert [message.context["place"] for message in told][1:] == ["Balai desa"]


def test_a_closed_batch_keeps_its_day_and_no_slip_of_the_year_is_taken() -> None:
    desk = cases.desk()
    batch = cases.announced(desk, cases.approved(desk))
    with pytest.raises(BatchRefused, match="60"):
        move(batch, desk, days=400)
    close_batch(batch=batch, by=desk.endang, at=NOW)
    with pytest.raises(BatchRefused):
        move(batch, desk)


def test_an_empty_draft_is_deleted_and_a_filled_one_is_not() -> None:
    desk = cases.desk()
    due = cases.approved(desk)
    batch = cases.draft(desk)
    add_dues(batch=batch, due_ids=[due.pk], by=desk.endang, at=NOW)
    with pytest.raises(BatchRefused, match="kosong"):
        discard_batch(batch=batch, by=desk.endang, at=NOW)
    remove_dues(batch=batch, due_ids=[due.pk], by=desk.endang, at=NOW)
    discard_batch(batch=batch, by=desk.endang, at=NOW)
    assert not Batch.objects.filter(pk=batch.pk).exists()
    assert cases.draft(desk).stage == batch.stage
