"""After approval: suspended, resumed, stopped, replaced; by officers and by life."""

from datetime import timedelta

import pytest

from smartkampung.aid.cycles.actions.news import tell_proposed
from smartkampung.aid.cycles.actions.plan import set_quota
from smartkampung.aid.cycles.actions.recipients import (
    CannotChange,
    NobodyWaits,
    replace_next,
    resume,
    stop,
    suspend,
)
from smartkampung.aid.cycles.actions.steps import NoReason
from smartkampung.aid.cycles.models import Proposal, ProposalEvent
from smartkampung.aid.cycles.rules.proposals import Why
from smartkampung.aid.models import Enrolment, Entitlement
from smartkampung.jobs.inline import run_waiting
from smartkampung.ledger.queries import accounts_that_disagree
from smartkampung.notify.models import Message
from smartkampung.residents.actions.deaths import record_death
from smartkampung.residents.actions.moves import Card, Destination, record_move
from smartkampung.residents.models import Person
from tests import cases, rounds
from tests.cases import NOW, TODAY
from tests.lives import act
from tests.population import RT_NEXT_DOOR, person, wayan
from tests.rounds import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """Return a village of which Wayan receives, and Gede and Komang wait."""
    office = rounds.an_office()
    set_quota(village=office.village, quota=1, by=office.endang, at=NOW)
    gede = person("I Gede Arta", "3510092006790004")
    komang = person("Komang", "3510095505900001")
    rounds.approved(office, wayan(), gede, komang)
    return office


def the(name: str) -> Proposal:
    return Proposal.objects.get(person__name=name)


def ours() -> Proposal:
    return the("I Wayan Sudarma")


def moves(who: Person) -> None:
    there = Destination(Card.SAME, RT_NEXT_DOOR)
    record_move(act=act(), people=[who], to=there)
    run_waiting()


@pytest.mark.closes("aid.review_recipient")
def test_a_suspended_recipient_keeps_the_place_but_not_the_money(
    office: Office,
) -> None:
    suspend(proposal=ours(), why=Why.WRONG_DATA, by="endang", at=NOW)
    assert cases.held() == (100, 0, 0)
    assert rounds.fresh(office.village).taken == 1
    assert "aid.review_recipient" in cases.open_work_kinds()
    resume(proposal=ours(), text="Data benar.", by=office.endang, at=NOW)
    assert cases.held() == (99, 1, 0)
    assert Entitlement.objects.filter(cancelled=False).count() == 1
    kinds = ours().events.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["verified", "enrolled", "suspended", "resumed"]
    assert accounts_that_disagree() == []


def test_who_got_other_aid_meanwhile_does_not_receive_again(office: Office) -> None:
    suspend(proposal=ours(), why=Why.MISSING, by="endang", at=NOW)
    cases.listed(ours().person, "pkh")
    with pytest.raises(CannotChange):
        resume(proposal=ours(), text="Data benar.", by=office.endang, at=NOW)
    assert ours().state == "suspended"


def test_what_was_handed_over_stays_so(office: Office) -> None:
    due = Entitlement.objects.get()
    cases.announced(office.round.desk, due)
    cases.call(due, office.sari)
    stop(proposal=ours(), why=Why.IMPROVED, by=office.endang, at=NOW)
    assert cases.held() == (99, 0, 1)
    assert not Entitlement.objects.filter(cancelled=True).exists()


@pytest.mark.closes("aid.replace_recipient")
def test_a_stopped_recipient_makes_room_for_the_next(office: Office) -> None:
    with pytest.raises(NobodyWaits):
        replace_next(village=office.village, by=office.endang, at=NOW)
    stop(proposal=ours(), why=Why.IMPROVED, by=office.endang, at=NOW)
    assert Enrolment.objects.get().until == TODAY
    assert "aid.replace_recipient" in cases.open_work_kinds()
    Person.objects.filter(name="I Gede Arta").update(status="dead")
    row = replace_next(village=office.village, by=office.endang, at=NOW)
    assert (row.person.name, row.replaces, row.state) == ("Komang", ours(), "enrolled")
    assert the("I Gede Arta").reasons == ["dead"]
    assert rounds.fresh(office.village).taken == 1
    assert cases.held() == (99, 1, 0)
    assert "aid.replace_recipient" not in cases.open_work_kinds()


def test_those_who_still_wait_move_up(office: Office) -> None:
    assert (the("I Gede Arta").place, the("Komang").place) == (1, 2)
    stop(proposal=ours(), why=Why.ON_REQUEST, by=office.endang, at=NOW)
    replace_next(village=office.village, by=office.endang, at=NOW)
    assert (the("I Gede Arta").place, the("Komang").place) == (None, 1)


def test_a_tranche_that_is_over_is_not_given_again(office: Office) -> None:
    office.cycle.tranches.update(due_on=TODAY - timedelta(days=1))
    stop(proposal=ours(), why=Why.ON_REQUEST, by=office.endang, at=NOW)
    replace_next(village=office.village, by=office.endang, at=NOW)
    assert cases.held() == (100, 0, 0)


def test_changes_need_a_reason_and_the_right_state(office: Office) -> None:
    with pytest.raises(NoReason):
        stop(proposal=ours(), why=Why.OTHER, by=office.endang, at=NOW)
    with pytest.raises(NoReason):
        resume(proposal=ours(), text=" ", by=office.endang, at=NOW)
    with pytest.raises(CannotChange):
        resume(proposal=ours(), text="Benar.", by=office.endang, at=NOW)
    stop(proposal=ours(), why=Why.OTHER, text="Pindah.", by=office.endang, at=NOW)
    with pytest.raises(CannotChange):
        suspend(proposal=ours(), why=Why.MOVED, by="endang", at=NOW)


def test_a_death_suspends_by_itself(office: Office) -> None:
    row = ours()
    record_death(act=act(), person=row.person)
    run_waiting()
    row.refresh_from_db()
    assert (row.state, row.reasons) == ("suspended", ["dead"])
    assert cases.held() == (100, 0, 0)
    assert ProposalEvent.objects.get(kind="suspended").by == "life_events"
    with pytest.raises(CannotChange):
        resume(proposal=row, text="Hidup.", by=office.endang, at=NOW)


def test_aid_follows_a_move_within_the_regency(office: Office) -> None:
    row = ours()
    moves(row.person)
    row.refresh_from_db()
    assert (row.state, row.region_code) == ("enrolled", RT_NEXT_DOOR)
    assert Entitlement.objects.get().region_code == RT_NEXT_DOOR
    assert ProposalEvent.objects.filter(kind="moved").count() == 1


def test_the_villages_own_fund_stays_behind() -> None:
    office = rounds.an_office(code="blt_dd", budget=300_000)
    rounds.funded(office, 1_200_000)
    rounds.approved(office, wayan())
    moves(ours().person)
    assert (ours().state, ours().reasons) == ("suspended", ["moved"])
    assert cases.held("blt_dd") == (300_000, 0, 0)


def test_families_are_told_that_there_is_news(office: Office) -> None:
    tell_proposed(list_id=office.village.pk)
    tell_proposed(list_id=office.village.pk)
    assert Message.objects.filter(template="news").count() == 1
