"""Many fill, accept and refuse at once; there are never more people than places.

The mutants prove that the races can see: without the lock the promises of the database
have the last word, and without both a place is given away twice.
"""

from collections import Counter
from unittest.mock import patch

import pytest
from django.db import connection, transaction

from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.programmes.actions import places
from smartkampung.recovery.programmes.actions.answering import accept, refuse
from smartkampung.recovery.programmes.actions.inviting import fill
from smartkampung.recovery.programmes.models import Offer, Seat
from smartkampung.recovery.programmes.rules.states import Kind as Programme
from smartkampung.recovery.targeting.models import Scenario
from tests.races import at_once, together
from tests.recovering import MONDAY, NAMES, a_scenario, an_offer, ranked, running

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def a_ranking() -> Scenario:
    """Return an approved scenario that ranks nine people."""
    with transaction.atomic():
        scenario = a_scenario()
        ranked(scenario, NAMES)
    return scenario


def try_to_fill(offer: Offer) -> int | str:
    """Fill an offer as the job does, in a transaction of its own."""
    try:
        with transaction.atomic():
            act_as(Kind.JOB)
            return fill(offer_id=offer.pk, at=MONDAY)
    except Refused as refused:
        return refused.code


def test_many_jobs_fill_one_offer_once() -> None:
    scenario = a_ranking()
    offer = an_offer(scenario=scenario, places=4)
    at_once(8, lambda: try_to_fill(offer))
    numbers = Counter(Seat.objects.values_list("number", flat=True))
    assert numbers == {1: 1, 2: 1, 3: 1, 4: 1}


def test_two_offers_that_exclude_each_other_share_nobody() -> None:
    scenario = a_ranking()
    offers = [
        an_offer(kind, scenario)
        for kind in (Programme.TRAINING, Programme.CASH_FOR_WORK)
    ]
    together(*(lambda offer=offer: try_to_fill(offer) for offer in offers * 3))
    for offer in offers:
        try_to_fill(offer)
    people = Counter(Seat.objects.values_list("person__name", flat=True))
    assert set(people.values()) == {1}
    assert len(people) == 4


def test_accepting_and_refusing_at_once_ends_in_one_answer() -> None:
    with transaction.atomic():
        made = running()
    seat = made.seat("Ayu")

    def answer(yes: bool) -> str:
        mine = Seat.objects.get(pk=seat.pk)
        try:
            with transaction.atomic():
                if yes:
                    accept(seat=mine, by="public", at=MONDAY)
                else:
                    refuse(seat=mine, reason="", by="public", at=MONDAY)
        except Refused as refused:
            return refused.code
        return "done"

    said = together(lambda: answer(True), lambda: answer(False))
    assert sorted(said) == ["answer_gone", "done"]


def test_without_locks_the_database_still_gives_no_place_twice() -> None:
    """The mutant: whoever forgets to lock meets the promise."""
    scenario = a_ranking()
    offer = an_offer(scenario=scenario, places=4)
    with patch.object(places, "Lock", lambda rank, rows: NoLock(rank)):
        at_once(6, lambda: try_to_fill(offer))
    assert Seat.objects.filter(holds=True).count() <= 4
    assert max(Counter(Seat.objects.values_list("number", flat=True)).values()) == 1


def test_without_either_a_place_is_given_twice() -> None:
    """The mutant of mutants: this is what lock and promise are there against."""
    scenario = a_ranking()
    offer = an_offer(scenario=scenario, places=2)
    drop = (
        "DROP INDEX seat_number_once",
        "ALTER TABLE recovery_seat DISABLE TRIGGER USER",
    )
    with connection.cursor() as cursor:
        for line in drop:
            cursor.execute(line)
        cursor.execute(
            "ALTER TABLE recovery_seat DROP CONSTRAINT seat_once_in_an_offer"
        )
    try:
        with patch.object(places, "Lock", lambda rank, rows: NoLock(rank)):
            at_once(6, lambda: try_to_fill(offer))
        assert Seat.objects.filter(holds=True).count() > 2
    finally:
        Seat.objects.all()._raw_delete("default")
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE recovery_seat ENABLE TRIGGER USER")
            cursor.execute(
                "ALTER TABLE recovery_seat ADD CONSTRAINT seat_once_in_an_offer"
                " UNIQUE (offer_id, person_id)"
            )
            cursor.execute(
                "CREATE UNIQUE INDEX seat_number_once ON recovery_seat"
                " (offer_id, number) WHERE holds"
            )


class NoLock:
    """A lock that locks nothing."""

    def __init__(self, rank: object) -> None:
        self.rank = rank

    def statement(self) -> tuple[str, tuple[object, ...]]:
        """Return SQL that does nothing."""
        return "SELECT 1", ()
