"""What a file tells of lives is told to everybody who follows them, and taken back."""

from datetime import timedelta
from typing import Any

import pytest

from smartkampung.residents.imports.reviews import decide_review
from smartkampung.residents.models import ImportReview, LifeEvent, Person
from smartkampung.residents.queries.as_of import person_on
from tests.cast import HERE, NEXT_DOOR
from tests.importing import AT, bring, undo
from tests.population import BUDI, SARI
from tests.workbooks import SITI, SLAMET, workbook

pytestmark = pytest.mark.django_db
RT = f"{HERE}.002.007"
TODAY = AT.date()
YESTERDAY = TODAY - timedelta(days=1)
LEFT = {"dead": 2, "moved": 3, "missing": 4}


def events() -> list[tuple[str, str, str]]:
    """Return what happened, in order: kind, place left, place joined."""
    rows = LifeEvent.objects.order_by("pk")
    return list(rows.values_list("kind", "left_region", "joined_region"))


def decide(decision: str, by: Any = SARI) -> None:
    decide_review(
        review=ImportReview.objects.get(decided_at=None),
        decision=decision,
        reason="ditanyakan",
        by=by,
        at=AT,
    )


@pytest.mark.parametrize(
    ("status", "kind", "back"),
    [
        ("dead", "death", "found"),
        ("moved", "move_out", "return"),
        ("missing", "missing", "found"),
    ],
)
def test_who_is_gone_in_the_file_left_and_is_back_after_undo(
    status: str, kind: str, back: str
) -> None:
    bring(workbook(SLAMET))
    imported = bring(workbook(SLAMET | {"status_dasar": LEFT[status]})).imported
    slamet = Person.objects.get()
    was = person_on(slamet, YESTERDAY)
    assert events() == [(kind, RT, "")]
    assert (slamet.status, was and was.status) == (status, "living")

    undo(imported)
    assert events() == [(kind, RT, ""), (back, "", RT)]
    slamet.refresh_from_db()
    was = person_on(slamet, YESTERDAY)
    assert (slamet.status, was and was.status) == ("living", "living")


def test_the_same_file_again_tells_nothing_again() -> None:
    bring(workbook(SLAMET))
    for _ in range(2):
        bring(workbook(SLAMET | {"status_dasar": 2}))
    assert len(events()) == 1


def test_who_was_missing_and_is_in_the_file_again_was_found() -> None:
    bring(workbook(SLAMET))
    bring(workbook(SLAMET | {"status_dasar": 4}))
    imported = bring(workbook(SLAMET)).imported
    assert events()[-1] == ("found", "", RT)
    undo(imported)
    assert events()[-1] == ("missing", RT, "")


def test_who_died_while_missing_leaves_no_place_and_undo_tells_nothing() -> None:
    bring(workbook(SLAMET))
    bring(workbook(SLAMET | {"status_dasar": 4}))
    undo(bring(workbook(SLAMET | {"status_dasar": 2})).imported)
    assert events() == [("missing", RT, ""), ("death", "", "")]
    assert Person.objects.get().status == "missing"


def test_a_corrected_rt_is_no_event_and_a_new_person_neither() -> None:
    bring(workbook(SLAMET))
    bring(workbook(SLAMET | {"rt": "003"}, SITI))
    assert events() == []


def test_what_somebody_changed_since_is_not_answered() -> None:
    bring(workbook(SLAMET))
    imported = bring(workbook(SLAMET | {"status_dasar": 2})).imported
    Person.objects.update(name="SLAMET R.")
    undo(imported)
    assert events() == [("death", RT, "")]


def test_somebody_called_back_to_life_by_a_human_is_back() -> None:
    bring(workbook(SLAMET | {"status_dasar": 3}))
    bring(workbook(SLAMET))
    decide("same_person")
    assert events() == [("return", "", RT)]


def test_a_move_that_was_decided_is_told_with_both_places_and_the_card_left() -> None:
    bring(workbook(SITI, SLAMET), scope=NEXT_DOOR)
    old_card = Person.objects.get(name="SITI AMINAH").family_id
    bring(workbook(SITI | {"no_kk": "3510091501100099"}))
    decide("move_here", by=BUDI)

    assert events() == [("move", f"{NEXT_DOOR}.002.007", RT)]
    event = LifeEvent.objects.get()
    assert (event.left_family_id, event.happened_on) == (old_card, TODAY)
    was = person_on(event.person, YESTERDAY)
    assert was is not None
    assert was.region_code.startswith(NEXT_DOOR)
