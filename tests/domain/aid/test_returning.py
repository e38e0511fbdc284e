"""Aid that must not be handed over goes back when two people say so."""

import pytest
from django.db import IntegrityError, transaction

from smartkampung.aid.actions.handover import CannotHandOver
from smartkampung.aid.actions.returning import (
    NeedsSecondPerson,
    NothingAgainst,
    return_entitlement,
)
from smartkampung.aid.models import Entitlement
from smartkampung.residents.models import Person
from smartkampung.worklist.models import WorkItem
from tests import cases, cast
from tests.cases import NOW, Desk

pytestmark = pytest.mark.django_db


def moved(desk: Desk) -> Entitlement:
    """Return what Wayan is due, who has moved away since."""
    due = cases.at_the_counter(desk)
    Person.objects.filter(pk=due.person_id).update(status="moved")
    return due


def test_sari_asks_and_endang_agrees() -> None:
    desk = cases.desk(budget=3)
    due = moved(desk)
    assert not return_entitlement(due=due, note="Pindah.", by=desk.sari, at=NOW)
    assert (cases.state_of(due.claim), cases.held()) == ("approved", (2, 1, 0))
    work = WorkItem.objects.get(kind="aid.return")
    assert (work.region_code, work.closed_at) == (cast.KECAMATAN, None)
    assert return_entitlement(due=due, note="Benar.", by=desk.endang, at=NOW)
    assert (cases.state_of(due.claim), cases.held()) == ("returned", (3, 0, 0))
    assert cases.open_work_kinds() == []


def test_sari_does_not_agree_with_herself() -> None:
    desk = cases.desk(budget=3)
    due = moved(desk)
    return_entitlement(due=due, note="Pindah.", by=desk.sari, at=NOW)
    with pytest.raises(NeedsSecondPerson):
        return_entitlement(due=due, note="Pindah.", by=desk.sari, at=NOW)
    assert cases.held() == (2, 1, 0)


def test_aid_that_nothing_stands_against_stays_the_familys() -> None:
    desk = cases.desk(budget=3)
    due = cases.at_the_counter(desk)
    with pytest.raises(NothingAgainst):
        return_entitlement(due=due, note="x", by=desk.sari, at=NOW)
    assert cases.held() == (2, 1, 0)


def test_whoever_came_back_meanwhile_has_the_aid_after_all() -> None:
    desk = cases.desk(budget=3)
    due = moved(desk)
    return_entitlement(due=due, note="Pindah.", by=desk.sari, at=NOW)
    Person.objects.filter(pk=due.person_id).update(status="alive")
    with pytest.raises(NothingAgainst):
        return_entitlement(due=due, note="Benar.", by=desk.endang, at=NOW)
    cases.call(due, desk.sari)
    assert (cases.held(), cases.open_work_kinds()) == ((2, 0, 1), [])


@pytest.mark.closes("aid.return")
def test_returned_aid_is_not_returned_again() -> None:
    desk = cases.desk(budget=3)
    due = moved(desk)
    cases.given_back(due, desk.sari, desk.endang)
    with pytest.raises(CannotHandOver):
        return_entitlement(due=due, note="Pindah.", by=desk.sari, at=NOW)
    assert cases.held() == (3, 0, 0)


def test_entitlement_returned_by_two() -> None:
    desk = cases.desk(budget=3)
    due = moved(desk)
    rows = Entitlement.objects.filter(pk=due.pk)
    sari = desk.sari.staff_id
    for asked in (None, sari):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(return_asked_by=asked, return_agreed_by=sari)
    rows.update(return_asked_by=sari, return_agreed_by=desk.endang.staff_id)
