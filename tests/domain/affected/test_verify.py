"""The village says yes or no; whoever registered somebody does not verify them."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from smartkampung.intake.queries import case_by_code
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.kernel.sealed import blind_index
from smartkampung.notify.models import Message
from smartkampung.recovery.affected.actions import verify as verifying
from smartkampung.recovery.affected.actions.register import register_for
from smartkampung.recovery.affected.actions.verify import CannotVerify, verify
from smartkampung.recovery.affected.models import Affected, Verdict
from smartkampung.recovery.affected.rules.course import Reason
from smartkampung.residents.models import KK
from smartkampung.worklist.models import WorkItem
from tests.affected import LATER, NO_BOSS, NOON, actor, told, village_head, waiting
from tests.cast import RT_HERE, sari
from tests.reporting import WAYAN_KK, wayan

pytestmark = pytest.mark.django_db


def test_yes_puts_somebody_on_the_list_and_tells_them() -> None:
    case = waiting()
    verify(
        affected=case,
        accepted=True,
        unconfirmed_why=NO_BOSS,
        by=actor(sari()),
        at=LATER,
    )
    case.refresh_from_db()
    assert (case.state, case.verified_by, case.verified_at) == (
        "verified",
        "sari",
        LATER,
    )
    assert not WorkItem.objects.filter(closed_at=None).exists()
    run_waiting()
    templates = Message.objects.values_list("template", flat=True)
    assert sorted(templates) == ["affected_news", "affected_received"]


def test_the_timeline_says_decided_only_after_somebody_decided() -> None:
    wayan()
    head = actor(village_head())
    act_as(Acting.STAFF, scope=[RT_HERE])
    code = register_for(told=told(), by=head, at=NOON)
    run_waiting()
    followed = case_by_code(code, at=NOON)
    assert followed is not None
    assert "decided" not in followed.reached
    act_as(Acting.JOB)
    verify(
        affected=Affected.objects.get(),
        accepted=False,
        reasons=[Reason.NOT_AFFECTED],
        by=actor(sari()),
        at=LATER,
    )
    run_waiting()
    followed = case_by_code(code, at=NOON)
    assert followed is not None
    assert followed.reached["decided"] == LATER


def test_verdict_by_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    wayan()
    head = actor(village_head())
    act_as(Acting.STAFF, scope=[RT_HERE])
    register_for(told=told(), by=head, at=NOON)
    run_waiting()
    act_as(Acting.JOB)
    case = Affected.objects.get()
    with pytest.raises(CannotVerify, match="Anda mendaftarkan"):
        verify(affected=case, accepted=True, unconfirmed_why="-", by=head, at=LATER)
    monkeypatch.setattr(verifying, "bars_for", lambda *_, **__: [])
    with pytest.raises(CannotVerify, match="Anda mendaftarkan"):
        verify(affected=case, accepted=True, unconfirmed_why="-", by=head, at=LATER)
    assert not Verdict.objects.exists()


def test_nobody_decides_about_their_own_family() -> None:
    case, officer = waiting(), sari()
    officer.family_index = blind_index(WAYAN_KK, KK)
    officer.save()
    with pytest.raises(CannotVerify, match="keluarga Anda"):
        verify(
            affected=case,
            accepted=True,
            unconfirmed_why="-",
            by=actor(officer),
            at=LATER,
        )


def test_verdict_rests_on_a_word() -> None:
    case, by = waiting(), actor(sari())
    with pytest.raises(CannotVerify) as refusal:
        verify(affected=case, accepted=True, by=by, at=LATER)
    assert refusal.value.code == "unconfirmed"
    with pytest.raises(IntegrityError, match="verdict_rests_on_a_word"):
        Verdict.objects.create(
            affected=case, accepted=True, decider_id=by.staff_id, decided_at=LATER
        )


def test_verdict_refusal_has_reasons() -> None:
    case, by = waiting(), actor(sari())
    with pytest.raises(CannotVerify) as refusal:
        verify(affected=case, accepted=False, by=by, at=LATER)
    assert refusal.value.code == "no_reason"
    with pytest.raises(IntegrityError, match="verdict_refusal_has_reasons"):
        Verdict.objects.create(
            affected=case, accepted=False, decider_id=by.staff_id, decided_at=LATER
        )


def test_verdict_append_only() -> None:
    case, by = waiting(), actor(sari())
    said = verify(
        affected=case, accepted=True, unconfirmed_why=NO_BOSS, by=by, at=LATER
    )
    with (
        pytest.raises(ProgrammingError, match="pgtrigger: Cannot update"),
        transaction.atomic(),
    ):
        Verdict.objects.filter(pk=said.pk).update(accepted=False)
    with pytest.raises(CannotVerify, match="sudah diputuskan"):
        verify(affected=case, accepted=True, unconfirmed_why=NO_BOSS, by=by, at=LATER)
