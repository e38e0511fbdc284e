"""Two records become one with all that hangs on them, and two again."""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.utils import translation

from smartkampung.aid.models import Claim, Enrolment, Entitlement, Finding
from smartkampung.audit.models import Event
from smartkampung.duplicates.actions import (
    CannotDecide,
    CannotMerge,
    decide_different,
    decide_later,
    merge_people,
)
from smartkampung.duplicates.links import moving_links
from smartkampung.duplicates.models import Pair
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed
from smartkampung.residents.actions import set_nik
from smartkampung.residents.actions.happening import Act, appeared
from smartkampung.residents.models import NIK, Family, Person
from smartkampung.residents.queries import family_for, match_identity
from smartkampung.residents.queries.population import flows
from smartkampung.residents.rules.life import Kind as Happening
from smartkampung.worklist.models import WorkItem
from tests import cases
from tests.doubles import NOW, REASON, double, merge, pair_of, twice, undo
from tests.population import (
    BUDI,
    ENDANG,
    RT_NEXT_DOOR,
    SARI,
    WAYAN_NIK,
    person,
    wayan,
)

pytestmark = pytest.mark.django_db
AGAIN = "They are brothers after all; both came to the office."


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row that points at people, and the people themselves."""
    models = {link.model for link in moving_links(Person)} | {Person, Family}
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in models
    }


def with_aid(holder: Person) -> None:
    """Let a person have a claim, be on a list, and be due aid."""
    desk = cases.desk()
    cases.approved(desk, holder)
    cases.listed(holder, "apbd_nutrition", alone=True)


def test_the_record_taken_up_names_the_one_that_stands() -> None:
    stands, other, pair = twice()
    merge(pair, stands)
    other.refresh_from_db()
    assert (other.status, other.merged_into) == ("merged", stands)
    pair.refresh_from_db()
    assert (pair.decision, pair.decided_by) == (Pair.Decision.SAME, "sari")
    assert not WorkItem.objects.filter(kind="duplicates.pair", closed_at=None).exists()
    assert Event.objects.filter(name="duplicates.merged", by="sari").exists()


def test_all_that_hangs_on_the_record_moves() -> None:
    stands, other = wayan(), double(nik="3510091204850004")
    with_aid(other)
    hanging = {link for link in moving_links(Person) if link.rows(other.pk).exists()}
    assert {link.model for link in hanging} == {Claim, Enrolment, Entitlement}
    merge(pair_of(stands, other), stands)
    act_as(Kind.JOB)
    assert all(link.rows(stands.pk).exists() for link in hanging)
    assert not any(link.rows(other.pk).exists() for link in moving_links(Person))
    row = Enrolment.objects.get(programme="apbd_nutrition")
    assert (row.person, row.family) == (stands, stands.family)


def test_who_is_entitled_follows_in_the_words_of_the_promise() -> None:
    stands, other = wayan(), double(nik="3510091204850004")
    with_aid(other)
    due = Entitlement.objects.get()
    assert due.unit_key == f"family:{other.family_id}"
    row = merge(pair_of(stands, other), stands)
    act_as(Kind.JOB)
    due.refresh_from_db()
    assert due.unit_key == f"family:{stands.family_id}"
    undo(row)
    act_as(Kind.JOB)
    due.refresh_from_db()
    assert due.unit_key == f"family:{other.family_id}"


def test_what_the_family_has_stays_with_those_who_still_live_in_it() -> None:
    cases.desk()
    stands, other = wayan(), double()
    person("Made", household=other.family, relation=4)
    cases.listed(other, "bpnt")
    merge(pair_of(stands, other), stands)
    assert Enrolment.objects.get().family == other.family
    members = family_for(SARI, other.family_id).members
    assert [member.name for member in members] == ["Made"]


def test_merge_and_unmerge_keep_every_foreign_link() -> None:
    stands, other = wayan(), double(nik="3510091204850004")
    with_aid(other)
    cases.claim_of(stands)
    pair = pair_of(stands, other)
    act_as(Kind.JOB)
    before = everything()
    row = merge(pair, stands)
    act_as(Kind.JOB)
    assert everything() != before
    assert undo(row) == []
    act_as(Kind.JOB)
    assert everything() == before


def test_what_is_not_known_is_taken_over_and_what_is_known_kept() -> None:
    stands, other = wayan(), double(mother_name="Ni Sari", birth_place="Lereng")
    Person.objects.filter(pk=stands.pk).update(birth_place="Sumberwangi")
    row = merge(pair_of(stands, other), stands)
    stands.refresh_from_db()
    assert (stands.mother_name, stands.birth_place) == ("Ni Sari", "Sumberwangi")
    undo(row)
    stands.refresh_from_db()
    assert (stands.mother_name, stands.birth_place) == ("", "Sumberwangi")


def test_a_nik_moves_to_the_record_that_has_none_and_back() -> None:
    holder, stands, pair = twice()
    row = merge(pair, stands)
    stands.refresh_from_db()
    holder.refresh_from_db()
    assert stands.nik is not None
    assert holder.nik is None
    found = match_identity(nik=Sealed.of(WAYAN_NIK, NIK))
    assert found is not None
    assert found.person == stands
    assert undo(row) == []
    stands.refresh_from_db()
    holder.refresh_from_db()
    assert stands.nik is None
    assert holder.nik is not None


def test_a_second_nik_still_finds_the_person_through_the_record_that_stands() -> None:
    stands, other = wayan(), double(nik="3510091204850004")
    merge(pair_of(stands, other), stands)
    found = match_identity(nik=Sealed.of("3510091204850004", NIK))
    assert found is not None
    assert found.person == stands


@pytest.mark.parametrize("claimant_stands", [True, False])
def test_a_claim_of_one_record_to_the_nik_of_the_other_is_settled(
    claimant_stands: bool,
) -> None:
    holder, claimant = wayan(), double()
    claim = set_nik(person=claimant, nik=WAYAN_NIK, by="sari", at=NOW)
    assert claim is not None
    stands = claimant if claimant_stands else holder
    row = merge(pair_of(holder, claimant), stands)
    claim.refresh_from_db()
    expected = "claimant_takes" if claimant_stands else "holder_keeps"
    assert (claim.decision, claim.decided_by) == (expected, "sari")
    stands.refresh_from_db()
    assert stands.nik is not None
    assert not WorkItem.objects.filter(closed_at=None).exists()
    undo(row)
    claim.refresh_from_db()
    assert (claim.decision, claim.decided_at) == ("", None)
    kinds = WorkItem.objects.filter(closed_at=None).values_list("kind", flat=True)
    assert set(kinds) == {"residents.nik_claim", "duplicates.pair"}


def test_a_claim_to_a_third_persons_nik_goes_along() -> None:
    third = person("Komang", "3510091204850009")
    stands, other, pair = twice()
    claim = set_nik(person=other, nik="3510091204850009", by="sari", at=NOW)
    merge(pair, stands)
    assert claim is not None
    claim.refresh_from_db()
    assert (claim.claimant, claim.holder) == (stands, third)


def test_a_merge_that_would_break_promises_names_them_all_and_changes_nothing() -> None:
    cases.desk()
    stands, other, pair = twice()
    for record in (stands, other):
        cases.listed(record, "apbd_nutrition", alone=True)
    for record, nik in ((stands, "3510091204850007"), (other, "3510091204850008")):
        person("Komang", nik)
        set_nik(person=record, nik=nik, by="sari", at=NOW)
    act_as(Kind.JOB)
    before = everything()
    with pytest.raises(CannotMerge) as refused:
        merge(pair, stands)
    assert refused.value.promises == [
        "enrolment_once_at_a_time",
        "nik_claim_one_open_per_person",
    ]
    assert "aid given twice" in str(refused.value)
    act_as(Kind.JOB)
    assert everything() == before


def test_two_people_stay_two() -> None:
    first, second, pair = twice()
    decide_different(pair=pair, reason=AGAIN, by=SARI, at=NOW)
    assert pair_of(second, first).decision == Pair.Decision.DIFFERENT
    with pytest.raises(CannotDecide, match="already decided"):
        merge(pair, first)


@pytest.mark.closes("duplicates.pair")
def test_who_cannot_tell_asks_the_office_above() -> None:
    _first, _second, pair = twice()
    assert pair.region_code == "35.10.09.2003"
    decide_later(pair=pair, reason=AGAIN, by=SARI, at=NOW)
    item = WorkItem.objects.get(kind="duplicates.pair", closed_at=None)
    assert item.region_code == "35.10.09"
    pair.refresh_from_db()
    assert (pair.unsure_by, pair.decided_at) == ("sari", None)


def test_a_pair_across_villages_belongs_to_the_kecamatan() -> None:
    first = wayan()
    second = person("Wayan Sudarma", region=RT_NEXT_DOOR)
    pair = pair_of(first, second)
    assert pair.region_code == "35.10.09"
    for neighbour in (SARI, BUDI):
        with pytest.raises(CannotDecide, match="outside your area"):
            merge_people(
                pair=pair, survivor_id=first.pk, reason=REASON, by=neighbour, at=NOW
            )
    assert merge_people(
        pair=pair, survivor_id=first.pk, reason=REASON, by=ENDANG, at=NOW
    )


def test_a_reason_is_needed_and_holds_no_number() -> None:
    first, _second, pair = twice()
    for reason in ("yes", f"NIK {WAYAN_NIK} is right"):
        with pytest.raises(CannotDecide):
            merge_people(
                pair=pair, survivor_id=first.pk, reason=reason, by=SARI, at=NOW
            )


def test_open_claims_see_what_the_merged_record_receives() -> None:
    cases.desk()
    stands, other, pair = twice()
    cases.listed(other, "bpnt")
    claim = cases.claim_of(stands)
    merge(pair, stands)
    run_waiting()
    act_as(Kind.JOB)
    found = Finding.objects.get(claim=claim, code="already_receiving")
    assert found.enrolment is not None
    assert found.enrolment.programme_id == "bpnt"


def test_the_history_of_both_rows_stays() -> None:
    stands, other, pair = twice()
    history = Person.pgh_event_model.objects  # type: ignore[attr-defined]  # made by pghistory
    count = history.filter(pgh_obj=other).count()
    merge(pair, stands)
    assert history.filter(pgh_obj=other).count() > count


def test_a_merged_record_is_counted_on_no_day() -> None:
    stands, other, pair = twice()
    act = Act(uuid.uuid4(), date(2026, 11, 10), "sari", NOW)
    appeared(act, other, Happening.MOVE_IN)
    period = {"opening": date(2026, 10, 31), "closing": date(2026, 11, 24)}
    here = stands.region_code

    def counted() -> tuple[int, int, int]:
        flow = flows(region=here, length=len(here), **period)[here]
        assert flow.balanced
        return flow.opening, flow.came, flow.closing

    assert counted() == (1, 1, 2)
    row = merge(pair, stands)
    assert counted() == (1, 0, 1)
    undo(row)
    assert counted() == (1, 1, 2)


def test_rows_that_the_officer_may_not_see_are_moved_too() -> None:
    stands, other, pair = twice()
    act_as(Kind.JOB)
    claim = cases.claim_of(other)
    Claim.objects.filter(pk=claim.pk).update(region_code="35.10.10.2001")
    act_as(Kind.STAFF, scope=["35.10.09.2003"])
    merge(pair, stands)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('sk.actor'), current_setting('sk.scope')"
        )
        assert cursor.fetchone() == ("staff", "35.10.09.2003")
    act_as(Kind.JOB)
    claim.refresh_from_db()
    assert claim.person == stands
