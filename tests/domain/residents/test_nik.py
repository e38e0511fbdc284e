"""A NIK belongs to one person; a second claimant waits in sight until decided."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.http import Http404

from smartkampung.audit.models import Access, Event
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.residents.actions import (
    CannotDecideClaim,
    ClaimWaits,
    decide_nik_claim,
    set_nik,
)
from smartkampung.residents.models import NIK, NikClaim, Person
from smartkampung.residents.queries import contest_for, open_nik_claims
from smartkampung.residents.rules.quarantine import Bar
from smartkampung.worklist.models import WorkItem
from tests.contests import contested
from tests.population import (
    BUDI,
    ENDANG,
    RT_HERE,
    RT_NEXT_DOOR,
    SARI,
    WAYAN_NIK,
    family,
    person,
    wayan,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
REASON = "Saw the card of each at the village office."


def reread(someone: Person) -> Person:
    return Person.objects.get(pk=someone.pk)


@pytest.mark.django_db
def test_a_free_nik_is_written_sealed_flagged_and_recorded() -> None:
    resident = person("Nyoman", sex="P")
    assert set_nik(person=resident, nik=WAYAN_NIK, by="sari", at=NOW) is None
    stored = reread(resident)
    assert stored.nik.open() == WAYAN_NIK
    assert stored.nik_index is not None
    assert bytes(stored.nik_index) == blind_index(WAYAN_NIK, NIK)
    assert stored.nik_flags == 4
    event = Event.objects.get(name="residents.nik_set")
    assert (event.by, event.target_id) == ("sari", str(resident.pk))
    assert WAYAN_NIK not in str(event.detail)


@pytest.mark.django_db
def test_writing_ones_own_nik_again_is_no_contest() -> None:
    resident = person("Wayan", WAYAN_NIK)
    assert set_nik(person=resident, nik=WAYAN_NIK, by="sari", at=NOW) is None
    assert not NikClaim.objects.exists()


@pytest.mark.django_db
def test_the_second_claimant_stands_in_quarantine_with_work_for_somebody() -> None:
    claim = contested()
    assert reread(claim.claimant).nik is None
    assert reread(claim.holder).nik.open() == WAYAN_NIK
    assert claim.nik_flags == 4
    item = WorkItem.objects.get()
    assert (item.kind, item.region_code) == ("residents.nik_claim", RT_HERE)
    assert item.due_at == NOW + timedelta(days=30)


@pytest.mark.django_db
def test_who_waits_for_one_decision_cannot_claim_another() -> None:
    claim = contested()
    person("Ketut", "3510091204850009")
    with pytest.raises(ClaimWaits):
        set_nik(person=claim.claimant, nik="3510091204850009", by="sari", at=NOW)


@pytest.mark.django_db
def test_the_holder_keeps() -> None:
    claim = contested()
    decide_nik_claim(claim=claim, claimant_takes=False, reason=REASON, by=SARI, at=NOW)
    claim.refresh_from_db()
    assert (claim.decision, claim.decided_by) == ("holder_keeps", "sari")
    assert claim.reason == REASON
    assert reread(claim.holder).nik.open() == WAYAN_NIK
    assert reread(claim.claimant).nik is None
    assert WorkItem.objects.get().closed_by == "sari"
    assert Event.objects.filter(name="residents.nik_claim_decided").count() == 1


@pytest.mark.django_db
def test_the_claimant_takes_and_both_records_say_so() -> None:
    claim = contested()
    decide_nik_claim(claim=claim, claimant_takes=True, reason=REASON, by=SARI, at=NOW)
    holder, claimant = reread(claim.holder), reread(claim.claimant)
    assert (holder.nik, holder.nik_index, holder.nik_flags) == (None, None, 0)
    assert claimant.nik.open() == WAYAN_NIK
    assert claimant.nik_flags == 4
    assert {
        event.target_id for event in Event.objects.filter(name__contains="nik_")
    } >= {
        str(holder.pk),
        str(claimant.pk),
    }


@pytest.mark.django_db
def test_a_third_claimant_now_claims_from_the_new_holder() -> None:
    claim = contested()
    third = set_nik(person=person("Ketut"), nik=WAYAN_NIK, by="sari", at=NOW)
    assert third is not None
    decide_nik_claim(claim=claim, claimant_takes=True, reason=REASON, by=SARI, at=NOW)
    third.refresh_from_db()
    assert third.holder == claim.claimant
    assert third.decided_at is None
    decide_nik_claim(claim=third, claimant_takes=True, reason=REASON, by=SARI, at=NOW)
    assert reread(third.claimant).nik.open() == WAYAN_NIK
    assert reread(claim.claimant).nik is None


@pytest.mark.django_db
def test_a_holder_whose_nik_was_mended_meanwhile_loses_nothing() -> None:
    claim = contested()
    other = "3510091204850008"
    set_nik(person=claim.holder, nik=other, by="sari", at=NOW)
    decide_nik_claim(claim=claim, claimant_takes=True, reason=REASON, by=SARI, at=NOW)
    assert reread(claim.holder).nik.open() == other
    assert reread(claim.claimant).nik.open() == WAYAN_NIK


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reason", "bar"),
    [
        ("", Bar.REASON_TOO_SHORT),
        ("   ok    ", Bar.REASON_TOO_SHORT),
        (f"The card says {WAYAN_NIK}, seen", Bar.NUMBER_IN_REASON),
        ("The card says 3510 0912 0485 0003", Bar.NUMBER_IN_REASON),
    ],
)
def test_a_decision_needs_a_readable_reason(reason: str, bar: Bar) -> None:
    claim = contested()
    with pytest.raises(CannotDecideClaim) as refusal:
        decide_nik_claim(
            claim=claim, claimant_takes=False, reason=reason, by=SARI, at=NOW
        )
    assert refusal.value.bars == [bar]


@pytest.mark.django_db
def test_nobody_takes_a_nik_from_another_village() -> None:
    claim = contested(holder_region=RT_NEXT_DOOR)
    with pytest.raises(CannotDecideClaim) as refusal:
        decide_nik_claim(
            claim=claim, claimant_takes=True, reason=REASON, by=SARI, at=NOW
        )
    assert refusal.value.bars == [Bar.HOLDER_ELSEWHERE]
    decide_nik_claim(claim=claim, claimant_takes=True, reason=REASON, by=ENDANG, at=NOW)
    assert reread(claim.claimant).nik is not None


@pytest.mark.closes("residents.nik_claim")
@pytest.mark.django_db
def test_a_decided_claim_stays_decided() -> None:
    claim = contested()
    decide_nik_claim(claim=claim, claimant_takes=False, reason=REASON, by=SARI, at=NOW)
    with pytest.raises(CannotDecideClaim) as refusal:
        decide_nik_claim(
            claim=claim, claimant_takes=True, reason=REASON, by=ENDANG, at=NOW
        )
    assert refusal.value.bars == [Bar.DECIDED]


@pytest.mark.django_db
def test_sari_sees_both_people_of_a_contest_and_both_looks_are_written() -> None:
    claim = contested()
    contest = contest_for(SARI, claim.pk)
    assert (contest.claimant, contest.holder) == (claim.claimant, claim.holder)
    looked_at = set(Access.objects.values_list("person_id", flat=True))
    assert looked_at == {claim.claimant_id, claim.holder_id}
    assert list(open_nik_claims(SARI)) == [claim]


@pytest.mark.django_db
def test_a_holder_next_door_is_not_shown_and_budi_sees_nothing() -> None:
    claim = contested(holder_region=RT_NEXT_DOOR)
    assert contest_for(SARI, claim.pk).holder is None
    assert not open_nik_claims(BUDI).exists()
    with pytest.raises(Http404):
        contest_for(BUDI, claim.pk)


@pytest.mark.django_db(transaction=True)
def test_two_desks_deciding_at_once_make_one_decision() -> None:
    claim = contested()
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def decide(takes: bool) -> None:
        start.wait()
        try:
            decide_nik_claim(
                claim=claim, claimant_takes=takes, reason=REASON, by=SARI, at=NOW
            )
            outcomes.append("decided")
        except CannotDecideClaim:
            outcomes.append("refused")
        finally:
            connections.close_all()

    run([threading.Thread(target=decide, args=(takes,)) for takes in (True, False)])
    assert sorted(outcomes) == ["decided", "refused"]
    assert Person.objects.exclude(nik=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_desks_giving_one_nik_at_once_leave_one_holder_and_one_claimant() -> None:
    household = family()
    people = [person(name, household=household) for name in ("Made", "Ketut")]
    start = threading.Barrier(2)

    def give(someone: Person) -> None:
        start.wait()
        try:
            set_nik(person=someone, nik=WAYAN_NIK, by="sari", at=NOW)
        finally:
            connections.close_all()

    run([threading.Thread(target=give, args=(someone,)) for someone in people])
    assert Person.objects.exclude(nik=None).count() == 1
    assert NikClaim.objects.filter(decided_at=None).count() == 1


def run(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db
def test_person_nik_unique() -> None:
    wayan()
    with pytest.raises(IntegrityError, match="person_nik_unique"):
        person("Nyoman", WAYAN_NIK)


@pytest.mark.django_db
@pytest.mark.parametrize("lost", ["nik", "nik_index"])
def test_person_nik_is_indexed(lost: str) -> None:
    wayan()
    with pytest.raises(IntegrityError, match="person_nik_is_indexed"):
        Person.objects.update(**{lost: None})


def raw_claim(claimant: Person, holder: Person, **values: object) -> None:
    with transaction.atomic():
        NikClaim.objects.create(
            claimant=claimant,
            holder=holder,
            nik=Sealed.of(WAYAN_NIK, NIK),
            nik_index=blind_index(WAYAN_NIK, NIK),
            region_code=RT_HERE,
            raised_at=NOW,
            **values,
        )


@pytest.mark.django_db
def test_nik_claim_one_open_per_person() -> None:
    holder, claimant = wayan(), person("Nyoman")
    raw_claim(claimant, holder)
    with pytest.raises(IntegrityError, match="nik_claim_one_open_per_person"):
        raw_claim(claimant, holder)


@pytest.mark.django_db
def test_nik_claim_is_between_two_people() -> None:
    holder = wayan()
    with pytest.raises(IntegrityError, match="nik_claim_is_between_two_people"):
        raw_claim(holder, holder)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "half",
    [
        {"decision": "holder_keeps"},
        {"decided_at": NOW, "decision": "holder_keeps"},
        {"decided_at": NOW, "decided_by": "sari"},
        {"decided_by": "sari"},
    ],
)
def test_nik_claim_decision_has_a_decider(half: dict[str, object]) -> None:
    holder, claimant = wayan(), person("Nyoman")
    with pytest.raises(IntegrityError, match="nik_claim_decision_has_a_decider"):
        raw_claim(claimant, holder, **half)
