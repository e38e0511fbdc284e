"""Proxies: named by two people, for a time, and for few people a day."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from smartkampung.aid.models import Collection, Entitlement, Handover, Proxy
from smartkampung.aid.proxies.actions import (
    CannotCollect,
    ProxyIncomplete,
    ProxyRefused,
    decide_proxy,
    end_proxy,
    name_proxy,
)
from smartkampung.aid.proxies.queries import standing_for
from smartkampung.aid.proxies.rules import Fault, Wish
from smartkampung.aid.rules.handover import Outcome
from smartkampung.audit.models import Event
from tests import cases, population, proxies
from tests.cases import NOW, TODAY
from tests.domain.aid.test_promises import Broken, refuses, refuses_to_delete

pytestmark = pytest.mark.django_db


def dues(desk: cases.Desk, count: int) -> list[Entitlement]:
    """Return what some neighbours are due, at the counter."""
    found = [
        cases.approved(desk, population.person(f"Nyoman {n}", f"35100915059000{n:02}"))
        for n in range(1, count + 1)
    ]
    cases.announced(desk, *found)
    return [Entitlement.objects.get(pk=due.pk) for due in found]


def test_a_proxy_stands_when_a_second_person_approved() -> None:
    desk = cases.desk()
    wayan = population.wayan()
    row = proxies.named(desk, wayan)
    assert standing_for(wayan.pk, on=TODAY) is None
    assert cases.open_work_kinds() == ["aid.approve_proxy"]
    with pytest.raises(ProxyRefused):
        proxies.named(desk, wayan)
    with pytest.raises(ProxyRefused):
        decide_proxy(proxy=row, approved=True, by=desk.sari, at=NOW)
    decide_proxy(proxy=row, approved=True, by=proxies.head(), at=NOW)
    with pytest.raises(ProxyRefused):
        decide_proxy(proxy=row, approved=True, by=proxies.head(), at=NOW)
    assert standing_for(wayan.pk, on=TODAY) == row
    assert standing_for(wayan.pk, on=TODAY + timedelta(days=31)) is None
    later = proxies.in_force(desk, wayan, name="Nyoman Rai", nik="3510091505880022")
    assert standing_for(wayan.pk, on=TODAY) == later
    end_proxy(proxy=later, by=desk.sari, at=NOW)
    assert standing_for(wayan.pk, on=TODAY) is None
    with pytest.raises(ProxyRefused):
        end_proxy(proxy=later, by=desk.sari, at=NOW)
    assert proxies.MADE_NIK not in f"{[e.__dict__ for e in Event.objects.all()]}"


@pytest.mark.closes("aid.approve_proxy")
def test_a_refused_proxy_never_stands_and_a_form_counts_once() -> None:
    desk = cases.desk()
    wayan = population.wayan()
    form = uuid.uuid4()
    rows = [
        name_proxy(
            form_id=form,
            person=wayan,
            told=proxies.TOLD,
            nik=proxies.MADE_NIK,
            by=desk.sari,
            at=NOW,
        )
        for _ in range(2)
    ]
    assert rows[0] == rows[1]
    decide_proxy(proxy=rows[0], approved=False, by=proxies.head(), at=NOW)
    assert standing_for(wayan.pk, on=TODAY) is None


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"until": TODAY - timedelta(days=1)}, Fault.ENDS_BEFORE_IT_BEGINS),
        ({"until": TODAY + timedelta(days=366)}, Fault.TOO_LONG),
        ({"wish": Wish.HEAD, "reason": " "}, Fault.REASON_MISSING),
        ({"nik": population.WAYAN_NIK}, Fault.IS_THE_RECIPIENT),
        (
            {"since": TODAY - timedelta(days=9), "until": TODAY - timedelta(days=2)},
            Fault.OVER_ALREADY,
        ),
    ],
)
def test_everything_that_is_wrong_is_said(told: dict[str, Any], fault: Fault) -> None:
    desk = cases.desk()
    with pytest.raises(ProxyIncomplete) as caught:
        proxies.named(desk, population.wayan(), **told)
    assert fault in caught.value.faults


def test_collection_within_the_day() -> None:
    desk = cases.desk()
    waiting = dues(desk, 4)
    made = [proxies.in_force(desk, due.person) for due in waiting]
    for due, proxy in zip(waiting[:3], made, strict=False):
        cases.call(due, desk.sari, proxy_id=proxy.pk)
    with pytest.raises(CannotCollect):
        cases.call(waiting[3], desk.sari, proxy_id=made[3].pk)
    assert [row.turn for row in Collection.objects.order_by("pk")] == [1, 2, 3]
    assert Handover.objects.count() == 3
    cases.call(waiting[3], desk.sari, Outcome.ABSENT, proxy_id=made[3].pk)
    tomorrow = NOW + timedelta(days=1)
    cases.call(waiting[3], desk.sari, proxy_id=made[3].pk, at=tomorrow)


def test_collection_by_a_proxy_in_force() -> None:
    desk = cases.desk()
    due, other = dues(desk, 2)
    proxy = proxies.in_force(desk, due.person)
    with pytest.raises(CannotCollect):
        cases.call(other, desk.sari, proxy_id=proxy.pk)
    late = NOW + timedelta(days=31)
    with pytest.raises(CannotCollect):
        cases.call(due, desk.sari, proxy_id=proxy.pk, at=late)
    end_proxy(proxy=proxy, by=desk.sari, at=NOW)
    with pytest.raises(CannotCollect):
        cases.call(due, desk.sari, proxy_id=proxy.pk)
    assert Handover.objects.count() == 0


def collected(desk: cases.Desk) -> Collection:
    """Return what a proxy collected for the first of two neighbours."""
    due, other = dues(desk, 2)
    cases.call(due, desk.sari, proxy_id=proxies.in_force(desk, due.person).pk)
    cases.call(other, desk.sari)
    proxies.in_force(desk, other.person)
    return Collection.objects.get()


def test_collection_once() -> None:
    row = collected(cases.desk())
    row.pk, row.turn = None, 2
    with Broken("collection_once"):
        row.save(force_insert=True)


def test_collection_turn_once() -> None:
    row = collected(cases.desk())
    row.pk = None
    row.proxy = Proxy.objects.exclude(pk=row.proxy_id).get()
    row.handover = Handover.objects.exclude(pk=row.handover_id).get()
    with Broken("collection_turn_once"):
        row.save(force_insert=True)


def test_collection_append_only() -> None:
    collected(cases.desk())
    refuses("aid_collection")


def test_collection_is_never_deleted() -> None:
    collected(cases.desk())
    refuses_to_delete("aid_collection")


def breaks(name: str, **change: Any) -> None:
    """Change a waiting proxy past the actions."""
    row = proxies.named(cases.desk(), population.wayan())
    with Broken(name):
        Proxy.objects.filter(pk=row.pk).update(**change)


def test_proxy_needs_two_people() -> None:
    row = proxies.in_force(cases.desk(), population.wayan())
    with Broken("proxy_needs_two_people"):
        Proxy.objects.filter(pk=row.pk).update(decided_by=row.asked_by)


def test_proxy_decision_is_signed() -> None:
    breaks("proxy_decision_is_signed", state="in_force")


def test_proxy_stands_a_year_at_most() -> None:
    breaks("proxy_stands_a_year_at_most", until=TODAY + timedelta(days=400))


def test_proxy_of_the_head_has_reason() -> None:
    breaks("proxy_of_the_head_has_reason", wish="head")


def test_proxy_form_once() -> None:
    desk = cases.desk()
    row = proxies.in_force(desk, population.wayan())
    row.pk, row.state = None, "refused"
    with Broken("proxy_form_once"):
        row.save(force_insert=True)


def test_proxy_one_in_force() -> None:
    row = proxies.in_force(cases.desk(), population.wayan())
    row.pk, row.form_id = None, uuid.uuid4()
    with Broken("proxy_one_in_force"):
        row.save(force_insert=True)


def test_proxy_one_waiting() -> None:
    row = proxies.named(cases.desk(), population.wayan())
    row.pk, row.form_id = None, uuid.uuid4()
    with Broken("proxy_one_waiting"):
        row.save(force_insert=True)
