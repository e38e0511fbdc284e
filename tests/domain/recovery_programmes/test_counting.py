"""What the job of the night keeps for the public page, and how it is shown."""

from datetime import timedelta

import pytest

from smartkampung.recovery.programmes.actions.counting import count_figures
from smartkampung.recovery.programmes.actions.following import record_outcome
from smartkampung.recovery.programmes.actions.leaving import drop, finish
from smartkampung.recovery.programmes.actions.upkeep import every_night
from smartkampung.recovery.programmes.models import Figure
from smartkampung.recovery.programmes.queries.public import figures
from smartkampung.recovery.programmes.rules.states import Kind, Stage
from tests.cast import KECAMATAN
from tests.recovering import (
    FIRST_DAY,
    MONDAY,
    Running,
    a_draft,
    accepted,
    running,
    there,
)

pytestmark = pytest.mark.django_db
NAMES = [f"Orang {letter}" for letter in "ABCDEFGHIJKL"]


def finished(people: int, *, places: int = 12) -> Running:
    """Return an offer of twelve in which so many have finished and earn more."""
    made = accepted(names=NAMES, chosen=12, places=places)
    there(made, *NAMES[:people])
    for number, name in enumerate(NAMES[:people]):
        finish(seat=made.seat(name), by="sari", at=FIRST_DAY)
        record_outcome(
            seat=made.seat(name),
            stage=Stage.END,
            income=1_000_000 + number,
            on=FIRST_DAY.date(),
            by="sari",
            at=FIRST_DAY,
        )
    return made


def test_places_people_and_incomes_are_counted_by_kind_and_kecamatan() -> None:
    finished(6)
    count_figures(at=FIRST_DAY)
    found, counted_at = figures()
    whole = found[Kind.CASH_FOR_WORK][""]
    assert counted_at == FIRST_DAY
    assert whole == {
        "places": 12,
        "chosen": 12,
        "finished": 6,
        "asked": 6,
        "income_before": 600_000,
        "income_after": 1_000_002,
    }
    here = found[Kind.CASH_FOR_WORK][KECAMATAN]
    assert (here["chosen"], here["income_after"]) == (12, 1_000_002)


def test_who_was_only_invited_took_no_place() -> None:
    running(names=NAMES, chosen=12, places=12)
    count_figures(at=FIRST_DAY)
    assert dict(Figure.objects.values_list("measure", "value")) == {
        "places": 12,
        "asked": 0,
    }


def test_few_people_are_hidden() -> None:
    finished(3, places=3)
    count_figures(at=FIRST_DAY)
    values = Figure.objects.exclude(measure="places").values_list("value", flat=True)
    assert {value for value in values if value} == set()


@pytest.mark.closes("recovery.outcome")
def test_counting_again_replaces_what_was_counted() -> None:
    finished(6)
    assert count_figures(at=MONDAY) == count_figures(at=FIRST_DAY)
    assert set(Figure.objects.values_list("counted_at", flat=True)) == {FIRST_DAY}


def test_a_draft_counts_nowhere() -> None:
    a_draft()
    assert count_figures(at=MONDAY) == 0


def test_the_night_does_it_all_and_may_be_run_again() -> None:
    made = finished(6)
    drop(seat=made.seat(NAMES[11]), reason="Pindah", by="sari", at=FIRST_DAY)
    at = FIRST_DAY + timedelta(days=100)
    first = every_night(at=at)
    assert (first["expired"], first["asked"]) == (0, 7)
    assert every_night(at=at) == first
