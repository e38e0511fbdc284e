"""A query that forgot its filter still returns nothing from elsewhere."""

import pytest
from django.db import transaction

from smartkampung.intake.actions.cases import code_hash
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.affected.actions.register import send_registration
from smartkampung.recovery.affected.actions.verify import verify
from smartkampung.recovery.affected.models import (
    Affected,
    Registration,
    Situation,
    Verdict,
)
from tests.affected import LATER, NO_BOSS, NOON, actor, told
from tests.cast import HERE, NEXT_DOOR, sari
from tests.reporting import wayan

pytestmark = pytest.mark.django_db


@pytest.fixture
def code() -> str:
    wayan()
    code = send_registration(told=told(), at=NOON)
    run_waiting()
    act_as(Kind.JOB)
    case = Affected.objects.get()
    Situation.objects.create(
        affected=case, work="none", direction="same", income=0, told_at=NOON
    )
    verify(
        affected=case,
        accepted=True,
        unconfirmed_why=NO_BOSS,
        by=actor(sari()),
        at=LATER,
    )
    return code


def seen() -> tuple[int, ...]:
    tables = (Affected, Registration, Situation, Verdict)
    return tuple(table._default_manager.count() for table in tables)


def test_staff_see_their_own_area(code: str) -> None:
    act_as(Kind.STAFF, scope=[HERE])
    assert seen() == (1, 1, 1, 1)
    act_as(Kind.STAFF, scope=[NEXT_DOOR, "35.10.09.200"])
    assert seen() == (0, 0, 0, 0)


def test_a_code_opens_what_it_is_about_and_no_verdict(code: str) -> None:
    act_as(Kind.PUBLIC, tracking=code_hash(code))
    assert seen() == (1, 1, 1, 0)
    act_as(Kind.PUBLIC, tracking=code_hash("AAAA-AAAA-AAAA"))
    assert seen() == (0, 0, 0, 0)


def test_nobody_writes_for_another_area(code: str) -> None:
    act_as(Kind.JOB)
    case = Affected.objects.get()
    act_as(Kind.STAFF, scope=[NEXT_DOOR])
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        Situation.objects.create(
            affected=case, work="none", direction="same", income=0, told_at=NOON
        )
    assert not Affected.objects.update(debts=1)
