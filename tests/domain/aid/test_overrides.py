"""Endang asks for aid in spite of a block; Dian, not she herself, decides."""

import uuid

import pytest

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.actions.decide import CannotApprove
from smartkampung.aid.actions.overrides import (
    CannotOverride,
    NoReason,
    decide_override,
)
from smartkampung.aid.cycles.actions.approve import approve_list
from smartkampung.aid.cycles.actions.judge import decide_list
from smartkampung.aid.models import (
    Claim,
    Enrolment,
    Override,
    Proposal,
    VillageList,
)
from smartkampung.aid.payments.bulk import barred
from smartkampung.aid.queries.handover import reasons_not_to_hand_over
from smartkampung.aid.queries.overrides import behind
from smartkampung.aid.rules.claims import Reason
from smartkampung.aid.rules.overrides import Bar
from smartkampung.audit.models import Event
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.models import Person
from tests import cases, cast, payments, population, rounds
from tests.cases import NOW, TODAY, Desk, approve, listed, override_wanted
from tests.rounds import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """The office of the kecamatan."""
    return cases.desk()


def dinsos(name: str = "dian") -> Actor:
    """Return an officer of Dinsos."""
    return cases.rights(cast.staff(name, Role.DINSOS, cast.REGENCY))


@pytest.fixture
def wayan() -> Person:
    """Wayan, who will receive other aid."""
    return population.wayan()


@pytest.fixture
def pkh(desk: Desk, wayan: Person) -> Enrolment:
    """What stands in the way: Wayan's family receives PKH."""
    return listed(wayan, "pkh")


@pytest.fixture
def claim(desk: Desk, wayan: Person) -> Claim:
    """Wayan's claim, visited and to be decided."""
    row = cases.claim_of(wayan)
    cases.visit(row, desk.sari)
    return row


def bars(asked: "pytest.ExceptionInfo[CannotOverride]") -> list[Bar]:
    """Return what barred it."""
    return asked.value.bars


def test_a_granted_exception_lets_this_claim_and_its_hand_over_pass(
    desk: Desk, claim: Claim, pkh: Enrolment
) -> None:
    with pytest.raises(CannotApprove):
        approve(claim, desk.endang)
    wish = override_wanted(claim, pkh, desk.endang)
    assert "aid.decide_override" in cases.open_work_kinds()
    with pytest.raises(CannotApprove):
        approve(claim, desk.endang)
    decide_override(wish=wish, granted=True, by=dinsos(), at=NOW)
    assert "aid.decide_override" not in cases.open_work_kinds()
    decision = approve(claim, desk.endang)
    assert [row.pk for row in behind(decision)] == [wish.pk]
    assert reasons_not_to_hand_over(cases.due_of(claim), on=TODAY) == []


def test_it_holds_for_its_record_only(
    desk: Desk, claim: Claim, pkh: Enrolment, wayan: Person
) -> None:
    wish = override_wanted(claim, pkh, desk.endang)
    decide_override(wish=wish, granted=True, by=dinsos(), at=NOW)
    listed(wayan, "bst")
    with pytest.raises(CannotApprove) as refused:
        approve(claim, desk.endang)
    assert refused.value.reasons == [Reason.ALREADY_RECEIVING]


def test_it_holds_for_its_case_only(
    desk: Desk, claim: Claim, pkh: Enrolment, wayan: Person
) -> None:
    wish = override_wanted(claim, pkh, desk.endang)
    decide_override(wish=wish, granted=True, by=dinsos(), at=NOW)
    Claim.objects.update(state="refused", closed_at=NOW)
    second = cases.claim_of(wayan)
    cases.visit(second, desk.sari)
    with pytest.raises(CannotApprove):
        approve(second, desk.endang)


def test_a_refused_wish_changes_nothing_and_may_be_asked_again(
    desk: Desk, claim: Claim, pkh: Enrolment
) -> None:
    wish = override_wanted(claim, pkh, desk.endang)
    decide_override(wish=wish, granted=False, by=dinsos(), at=NOW)
    with pytest.raises(CannotApprove):
        approve(claim, desk.endang)
    assert override_wanted(claim, pkh, desk.endang).pk != wish.pk


@pytest.mark.parametrize("granted", [True, False])
def test_who_asked_does_not_decide(
    desk: Desk, claim: Claim, pkh: Enrolment, granted: bool
) -> None:
    dian = dinsos()
    wish = override_wanted(claim, pkh, dian)
    with pytest.raises(CannotOverride) as refused:
        decide_override(wish=wish, granted=granted, by=dian, at=NOW)
    assert bars(refused) == [Bar.ASKED_IT]
    assert Override.objects.get().decided_at is None


def test_a_block_is_asked_about_once(desk: Desk, claim: Claim, pkh: Enrolment) -> None:
    form = uuid.uuid4()
    once = override_wanted(claim, pkh, desk.endang, form_id=form)
    assert override_wanted(claim, pkh, desk.endang, form_id=form) == once
    with pytest.raises(CannotOverride) as refused:
        override_wanted(claim, pkh, desk.bambang)
    assert bars(refused) == [Bar.ASKED_BEFORE]


def test_an_answer_stays(desk: Desk, claim: Claim, pkh: Enrolment) -> None:
    wish = override_wanted(claim, pkh, desk.endang)
    dian = dinsos()
    decide_override(wish=wish, granted=False, by=dian, at=NOW)
    with pytest.raises(CannotOverride) as refused:
        decide_override(wish=wish, granted=True, by=dian, at=NOW)
    assert bars(refused) == [Bar.ANSWERED]


def test_a_wish_says_why(desk: Desk, claim: Claim, pkh: Enrolment) -> None:
    with pytest.raises(NoReason):
        override_wanted(claim, pkh, desk.endang, reason=" ")


def test_the_same_programme_twice_has_no_exception(
    desk: Desk, claim: Claim, wayan: Person
) -> None:
    with pytest.raises(CannotOverride) as refused:
        override_wanted(claim, listed(wayan, cases.FOOD), desk.endang)
    assert bars(refused) == [Bar.SAME_PROGRAMME]


def test_kin_neither_asks_nor_decides(
    desk: Desk, claim: Claim, pkh: Enrolment, wayan: Person
) -> None:
    wish = override_wanted(claim, pkh, desk.endang)
    dian = dinsos()
    Staff.objects.filter(username__in=["dian", "bambang"]).update(
        family_index=wayan.family.kk_index
    )
    for act in (
        lambda: decide_override(wish=wish, granted=True, by=dian, at=NOW),
        lambda: override_wanted(claim, listed(wayan, "bst"), desk.bambang),
    ):
        with pytest.raises(CannotOverride) as refused:
            act()
        assert bars(refused) == [Bar.KIN]


def test_when_the_claim_is_over_a_wish_can_only_be_refused(
    desk: Desk, claim: Claim, pkh: Enrolment
) -> None:
    wish = override_wanted(claim, pkh, desk.endang)
    Claim.objects.update(state="refused", closed_at=NOW)
    dian = dinsos()
    with pytest.raises(CannotOverride) as refused:
        decide_override(wish=wish, granted=True, by=dian, at=NOW)
    assert bars(refused) == [Bar.NOT_WAITING]
    decide_override(wish=wish, granted=False, by=dian, at=NOW)
    assert Override.objects.get().granted is False


def test_both_steps_are_written_down(desk: Desk, claim: Claim, pkh: Enrolment) -> None:
    wish = override_wanted(claim, pkh, desk.endang)
    decide_override(wish=wish, granted=True, by=dinsos(), at=NOW)
    events = Event.objects.filter(name__startswith="aid.override").order_by("pk")
    assert [(event.name, event.by) for event in events] == [
        ("aid.override_asked", "endang"),
        ("aid.override_decided", "dian"),
    ]
    assert events[1].detail["granted"] is True


@pytest.mark.parametrize("about", ["claim", "proposal"])
def test_a_wish_is_seen_where_its_case_is(
    desk: Desk, claim: Claim, pkh: Enrolment, about: str
) -> None:
    wish = override_wanted(claim, pkh, desk.endang)
    if about == "proposal":
        round_ = rounds.a_round(budget=0, desk=desk)
        row = rounds.a_proposal(round_, cases.person_of(claim))
        Override.objects.filter(pk=wish.pk).update(claim=None, proposal=row)
    for region, seen in ((cast.HERE, True), (cast.FAR_AWAY, False)):
        act_as(Kind.STAFF, scope=[region])
        assert Override.objects.exists() is seen


@pytest.fixture
def office() -> Office:
    """A cycle of food packs."""
    return rounds.an_office()


def left_out(office: Office, *others: Person) -> tuple[Proposal, Enrolment]:
    """Return Wayan's proposal, left out for PKH, on a list that waits for the head."""
    wayan = population.wayan()
    pkh = listed(wayan, "pkh")
    neighbour = population.person("I Gede Arta", "3510092006790004")
    rounds.verified(office, wayan, neighbour, *others)
    row = Proposal.objects.get(person=wayan)
    assert row.state == "excluded"
    return row, pkh


def grant(office: Office, row: Proposal, pkh: Enrolment) -> Proposal:
    """Ask for an exception as Endang and grant it as Dian; return the proposal."""
    wish = override_wanted(row, pkh, office.endang)
    decide_override(wish=wish, granted=True, by=dinsos(), at=NOW)
    return Proposal.objects.get(pk=row.pk)


def test_who_was_left_out_is_on_the_list_again_and_is_paid(office: Office) -> None:
    row = grant(office, *left_out(office))
    assert (row.state, row.reasons, row.blocked_by) == ("verified", [], [])
    assert row.events.filter(kind="excepted").exists()
    decide_list(village=office.village, by=office.head, at=NOW)
    approve_list(village=office.village, by=office.endang, at=NOW)
    row.refresh_from_db()
    assert row.state == "enrolled"
    payment = payments.a_payment(row.entitlements.get())
    assert barred(batch=payment.batch_id, on=TODAY) == {}


@pytest.mark.closes("aid.decide_override")
def test_another_record_still_leaves_out(office: Office) -> None:
    row, pkh = left_out(office)
    listed(row.person, "bst")
    row = grant(office, row, pkh)
    assert (row.state, row.reasons) == ("excluded", ["already_receiving"])
    assert [record["programme"] for record in row.blocked_by] == ["bst"]


def test_after_the_approval_a_free_place_is_taken(office: Office) -> None:
    row, pkh = left_out(office)
    decide_list(village=office.village, by=office.head, at=NOW)
    approve_list(village=office.village, by=office.endang, at=NOW)
    row = grant(office, row, pkh)
    assert row.state == "enrolled"
    assert row.entitlements.count() == 1


def test_after_the_approval_it_waits_behind_those_who_wait(office: Office) -> None:
    VillageList.objects.update(quota=1)
    row, pkh = left_out(office, population.person("Komang", "3510095505900001"))
    decide_list(village=office.village, by=office.head, at=NOW)
    approve_list(village=office.village, by=office.endang, at=NOW)
    row = grant(office, row, pkh)
    assert (row.state, row.reasons, row.place) == ("waiting", ["over_quota"], 1)


def test_what_the_registry_bars_has_no_exception(office: Office) -> None:
    row, pkh = left_out(office)
    Proposal.objects.filter(pk=row.pk).update(reasons=["dead", "already_receiving"])
    with pytest.raises(CannotOverride) as refused:
        override_wanted(row, pkh, office.endang)
    assert bars(refused) == [Bar.OTHER_REASONS]


def test_one_request_names_every_record_that_blocks(
    desk: Desk, claim: Claim, wayan: Person, pkh: Enrolment
) -> None:
    other = listed(wayan, "bpnt")
    wish = override_wanted(claim, pkh, desk.endang, also=[other.pk, pkh.pk])
    assert Override.objects.count() == 2
    assert cases.open_work_kinds().count("aid.decide_override") == 1
    with pytest.raises(CannotOverride) as caught:
        override_wanted(claim, other, desk.endang)
    assert bars(caught) == [Bar.ASKED_BEFORE]
    second = Override.objects.exclude(pk=wish.pk).get()
    decide_override(wish=second, granted=True, by=dinsos(), at=NOW)
    assert set(Override.objects.values_list("granted", flat=True)) == {True}
    assert "aid.decide_override" not in cases.open_work_kinds()
    decision = approve(claim, desk.endang)
    assert len(behind(decision)) == 2


def test_nothing_is_asked_when_one_of_the_records_does_not_block(
    desk: Desk, claim: Claim, wayan: Person, pkh: Enrolment
) -> None:
    harmless = listed(wayan, "jatim")
    with pytest.raises(CannotOverride) as caught:
        override_wanted(claim, pkh, desk.endang, also=[harmless.pk])
    assert Bar.NOT_BLOCKED in bars(caught)
    assert not Override.objects.exists()
