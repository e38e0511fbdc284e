"""What contradicts the registry waits for a human, who decides it in one go."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from smartkampung.accounts.actor import Actor
from smartkampung.residents.imports.queries import case_for, open_reviews
from smartkampung.residents.imports.refusals import CannotDecide
from smartkampung.residents.imports.reviews import decide_review
from smartkampung.residents.models import (
    Family,
    ImportReview,
    NikClaim,
    Person,
)
from smartkampung.worklist.actions import target_of
from smartkampung.worklist.models import WorkItem
from tests.cast import HERE, NEXT_DOOR
from tests.importing import AT, bring, counts, registry
from tests.population import BUDI, ENDANG, SARI
from tests.workbooks import BAYU, SITI, SITI_NIK, SLAMET, workbook

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def review_of(data: bytes, **options: Any) -> ImportReview:
    """Import a file that contradicts the registry; return what waits."""
    before = registry()
    assert counts(data, **options) == {"review": 1}
    assert registry() == before
    return ImportReview.objects.get(decided_at=None)


def decide(review: ImportReview, decision: str, by: Actor = SARI) -> ImportReview:
    return decide_review(
        review=review, decision=decision, reason="sudah ditanyakan", by=by, at=LATER
    )


def siti() -> Person:
    return Person.objects.get(nik__isnull=False, name__startswith="SITI")


def waiting() -> set[tuple[str, str]]:
    """Return kind and place of the work that waits because of imports."""
    rows = WorkItem.objects.filter(closed_at=None, kind__startswith="residents.import")
    found = rows.values_list("kind", "region_code")
    return {(kind.removeprefix("residents."), code) for kind, code in found}


OTHER_BIRTH = SITI | {"tanggallahir": "1991-07-11", "pekerjaan_id": 88}
SOMEBODY_ELSE = SITI | {"nama": "WARSITO", "sex": 1}


class TestOfAnotherBirthDate:
    @pytest.fixture
    def review(self) -> ImportReview:
        bring(workbook(SITI))
        return review_of(workbook(OTHER_BIRTH))

    def test_it_waits_with_its_two_sides(self, review: ImportReview) -> None:
        assert (review.kind, review.person, review.region_code) == (
            "birth_date",
            siti(),
            HERE,
        )
        case = case_for(SARI, review.pk)
        assert case.draft["born_on"] == "1991-07-11"
        assert case.person == siti()

    def test_the_same_person_takes_what_the_file_says(
        self, review: ImportReview
    ) -> None:
        decide(review, "same_person")
        person = siti()
        assert str(person.born_on) == "1991-07-11"
        assert (person.occupation, person.nik_flags) == (88, 2)
        assert counts(workbook(OTHER_BIRTH)) == {"unchanged": 1}

    def test_another_person_becomes_the_second_claimant(
        self, review: ImportReview
    ) -> None:
        decide(review, "another_person")
        claim = NikClaim.objects.get()
        assert claim.holder == siti()
        assert str(claim.claimant.born_on) == "1991-07-11"
        assert counts(workbook(OTHER_BIRTH)) == {"unchanged": 1}
        assert counts(workbook(SITI)) == {"unchanged": 1}

    def test_dismissed_it_does_not_come_back(self, review: ImportReview) -> None:
        decide(review, "dismiss")
        assert siti().occupation == 2
        assert counts(workbook(SLAMET, OTHER_BIRTH)) == {"new": 1, "unchanged": 1}
        assert not open_reviews(SARI).exists()

    def test_the_same_contradiction_waits_once(self, review: ImportReview) -> None:
        assert counts(workbook(OTHER_BIRTH)) == {"review": 1}
        assert open_reviews(SARI).get() == review

    def test_it_is_work_until_it_is_decided(self, review: ImportReview) -> None:
        item = WorkItem.objects.get(kind="residents.import_review")
        assert (item.region_code, item.closed_at) == (HERE, None)
        decide(review, "dismiss")
        item.refresh_from_db()
        assert item.closed_by == "sari"

    @pytest.mark.parametrize("decision", ["move_here", "join_card", "", "x"])
    def test_only_answers_that_fit_are_taken(
        self, review: ImportReview, decision: str
    ) -> None:
        with pytest.raises(CannotDecide):
            decide(review, decision)

    def test_it_is_decided_once(self, review: ImportReview) -> None:
        decide(review, "dismiss")
        with pytest.raises(CannotDecide):
            decide(review, "same_person")

    def test_budi_next_door_does_not_see_it(self, review: ImportReview) -> None:
        assert not open_reviews(BUDI).exists()
        with pytest.raises(CannotDecide):
            decide(review, "same_person", by=BUDI)

    def test_what_the_file_said_is_sealed(self, review: ImportReview) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT r::text FROM residents_importreview r")
            assert SITI_NIK not in cursor.fetchone()[0]


def test_somebody_else_under_a_known_nik() -> None:
    bring(workbook(SITI))
    review = review_of(workbook(SOMEBODY_ELSE))
    assert review.kind == "other_person"
    decide(review, "another_person")
    assert {p.name for p in Person.objects.all()} == {"SITI AMINAH", "WARSITO"}
    assert counts(workbook(SOMEBODY_ELSE)) == {"unchanged": 1}


def test_the_name_of_a_known_nik_was_wrong() -> None:
    bring(workbook(SITI))
    review = review_of(workbook(SITI | {"nama": "WARSITI"}))
    decide(review, "same_person")
    assert Person.objects.get().name == "WARSITI"


def test_a_small_correction_of_the_name_needs_no_human() -> None:
    bring(workbook(SITI | {"nama": "SUPRIADI"}))
    assert counts(workbook(SITI | {"nama": "SUPRIYADI H"})) == {"changed": 1}


@pytest.mark.parametrize("gone", [2, 3], ids=["dead", "moved"])
def test_nobody_comes_back_by_an_old_file_alone(gone: int) -> None:
    bring(workbook(SITI | {"status_dasar": gone}))
    review = review_of(workbook(SITI))
    assert review.kind == "back_to_life"
    decide(review, "same_person")
    assert siti().status == "living"


def test_a_nik_for_somebody_who_had_none() -> None:
    bring(workbook(BAYU))
    review = review_of(workbook(BAYU | {"nik": "3510090503200001"}))
    assert (review.kind, review.person) == ("now_has_nik", Person.objects.get())
    decide(review, "same_person")
    assert Person.objects.get().nik.open() == "3510090503200001"
    assert counts(workbook(BAYU | {"nik": "3510090503200001"})) == {"unchanged": 1}


def test_a_nik_for_another_child_of_that_name() -> None:
    bring(workbook(BAYU))
    decide(review_of(workbook(BAYU | {"nik": "3510090503200001"})), "another_person")
    assert Person.objects.count() == 2
    assert NikClaim.objects.count() == 0


@pytest.mark.closes("residents.import_review")
def test_a_file_that_has_forgotten_a_nik() -> None:
    bring(workbook(SITI))
    review = review_of(workbook(SITI | {"nik": "0", "pekerjaan_id": 88}))
    assert review.kind == "had_nik"
    decide(review, "same_person")
    assert (siti().nik.open(), siti().occupation) == (SITI_NIK, 88)


def test_two_people_of_a_file_under_one_nik() -> None:
    twin = SITI | {"nama": "SITI AISYAH", "tanggallahir": "1990-08-11"}
    assert counts(workbook(SITI, twin)) == {"new": 1, "review": 1}
    review = ImportReview.objects.get()
    assert (review.kind, review.person) == ("twice_in_file", None)
    decide(review, "another_person")
    assert NikClaim.objects.get().claimant.name == "SITI AISYAH"
    assert Family.objects.count() == 1


class TestOfSomebodyFromNextDoor:
    @pytest.fixture
    def review(self) -> ImportReview:
        bring(workbook(SITI, SLAMET), scope=NEXT_DOOR)
        return review_of(workbook(SITI | {"no_kk": "3510091501100099"}))

    def test_a_move_is_proposed_to_the_village_that_has_them(
        self, review: ImportReview
    ) -> None:
        assert (review.kind, review.other_region) == ("elsewhere", NEXT_DOOR)
        assert open_reviews(BUDI).get() == open_reviews(SARI).get() == review

    def test_it_is_work_for_both_villages_until_it_is_decided(
        self, review: ImportReview
    ) -> None:
        assert waiting() == {("import_review", HERE), ("import_move", NEXT_DOOR)}
        decide(review, "move_here", by=BUDI)
        assert waiting() == set()

    def test_sari_does_not_see_who_lives_next_door(self, review: ImportReview) -> None:
        assert case_for(SARI, review.pk).person is None
        assert case_for(BUDI, review.pk).person == siti()

    def test_sari_cannot_take_them_by_herself(self, review: ImportReview) -> None:
        with pytest.raises(CannotDecide):
            decide(review, "move_here", by=SARI)

    def test_budi_lets_them_go(self, review: ImportReview) -> None:
        decide(review, "move_here", by=BUDI)
        assert siti().region_code == f"{HERE}.002.007"
        assert siti().family.kk.open() == "3510091501100099"
        assert Person.objects.get(name="SLAMET RIYADI").region_code.startswith(
            NEXT_DOOR
        )
        assert counts(workbook(SITI | {"no_kk": "3510091501100099"})) == {
            "unchanged": 1
        }

    def test_the_kecamatan_has_no_say_in_imports(self, review: ImportReview) -> None:
        assert not open_reviews(ENDANG).exists()


def test_next_door_has_one_case_at_a_time_on_its_list() -> None:
    bring(workbook(SITI, SLAMET), scope=NEXT_DOOR)
    new_card = {"no_kk": "3510091501100099"}
    assert counts(workbook(SITI | new_card, SLAMET | new_card)) == {"review": 2}
    moves = WorkItem.objects.filter(kind="residents.import_move", closed_at=None)
    for review in ImportReview.objects.order_by("pk"):
        assert [item.target for item in moves.all()] == [target_of(review)]
        decide(review, "dismiss", by=BUDI)
    assert waiting() == set()


@pytest.mark.closes("residents.import_move")
def test_a_family_card_of_next_door() -> None:
    bring(workbook(SLAMET), scope=NEXT_DOOR)
    review = review_of(workbook(SITI))
    assert (review.kind, review.other_region) == ("card_elsewhere", NEXT_DOOR)
    with pytest.raises(CannotDecide):
        decide(review, "join_card", by=SARI)
    decide(review, "join_card", by=BUDI)
    assert siti().family == Person.objects.get(name="SLAMET RIYADI").family
    assert siti().region_code.startswith(HERE)


def test_import_review_open_once() -> None:
    bring(workbook(SITI))
    review = review_of(workbook(OTHER_BIRTH))
    review.pk = None
    with (
        pytest.raises(IntegrityError, match="import_review_open_once"),
        transaction.atomic(),
    ):
        review.save()


def test_import_review_decided_by_somebody() -> None:
    bring(workbook(SITI))
    review = review_of(workbook(OTHER_BIRTH))
    with (
        pytest.raises(IntegrityError, match="import_review_decided_by_somebody"),
        transaction.atomic(),
    ):
        ImportReview.objects.filter(pk=review.pk).update(decided_at=AT)
