"""Two officers act on one family at the same moment: one wins, the other is told."""

from collections.abc import Callable

import pytest
from django.db import transaction

from smartkampung.kernel.errors import Refused
from smartkampung.residents.actions.absences import record_missing
from smartkampung.residents.actions.cards import change_head, split_card
from smartkampung.residents.actions.corrections import decide_correction
from smartkampung.residents.actions.deaths import record_death
from smartkampung.residents.actions.happening import CannotRecord
from smartkampung.residents.actions.moves import (
    Card,
    Destination,
    record_move,
    record_move_out,
)
from smartkampung.residents.corrections.models import Correction
from smartkampung.residents.life.words import sentences
from smartkampung.residents.models import LifeEvent, Person
from smartkampung.residents.rules.families import HEAD
from smartkampung.residents.rules.life import Bar
from tests.corrections import NOW, asked
from tests.domain.residents.test_corrections import HEAD as SUWARNO
from tests.domain.residents.test_corrections import reread
from tests.lives import act, household
from tests.population import RT_NEXT_DOOR
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
Deed = Callable[[], object]


def answers(*deeds: Deed) -> list[str]:
    """Do things at once, each as a request does; return "done" or what is told."""

    def one(deed: Deed) -> Deed:
        def run() -> str:
            try:
                with transaction.atomic():
                    deed()
            except Refused as refusal:
                return str(refusal.message)
            return "done"

        return run

    return [str(answer) for answer in together(*map(one, deeds))]


def test_nobody_dies_and_moves_out_at_once() -> None:
    at = household()
    told = answers(
        lambda: record_death(act=act(), person=at.nengah),
        lambda: record_move_out(act=act(elsewhere="Malang"), people=[at.nengah]),
    )
    assert told.count("done") == 1
    other = next(words for words in told if words != "done")
    assert other in {sentences([Bar.DIED]), sentences([Bar.MOVED_AWAY])}
    assert LifeEvent.objects.filter(person=at.nengah).count() == 1
    kind = LifeEvent.objects.get(person=at.nengah).kind
    status = reread(at.nengah).status
    assert (kind, status) in {("death", "dead"), ("move_out", "moved")}


def test_ten_officers_send_one_person_away_once() -> None:
    at = household()
    out = [
        lambda: record_move_out(act=act(elsewhere="Malang"), people=[at.putu])
        for _ in range(10)
    ]
    assert answers(*out).count("done") == 1
    assert LifeEvent.objects.filter(person=at.putu).count() == 1


def test_the_same_form_sent_twice_at_once_is_one_event() -> None:
    at, form = household(), act()
    told = answers(*[lambda: record_missing(act=form, person=at.nengah)] * 4)
    assert told == ["done"] * 4
    assert LifeEvent.objects.count() == 1


def test_two_new_heads_at_once_leave_one_head() -> None:
    at = household()
    told = answers(
        lambda: change_head(act=act(), family=at.card, new_head=at.ketut),
        lambda: change_head(act=act(), family=at.card, new_head=at.nengah),
    )
    assert "done" in told
    assert Person.objects.filter(family=at.card, relation=HEAD).count() == 1


def test_moves_across_each_other_do_not_deadlock() -> None:
    at = household()
    everybody = [at.wayan, at.ketut, at.putu, at.nengah]
    told = answers(
        *[
            lambda: record_move(
                act=act(), people=everybody, to=Destination(Card.SAME, RT_NEXT_DOOR)
            ),
            lambda: split_card(
                act=act(), people=[at.nengah], kk="", new_head=at.nengah.pk
            ),
        ]
        * 4
    )
    assert 1 <= told.count("done") <= 2
    assert all(words for words in told)


def test_a_family_that_moved_meanwhile_is_not_moved_there_again() -> None:
    at = household()
    before = [reread(one) for one in (at.wayan, at.ketut, at.putu, at.nengah)]
    there = Destination(Card.SAME, RT_NEXT_DOOR)
    record_move(act=act(), people=before, to=there)
    with pytest.raises(CannotRecord) as told:
        record_move(act=act(), people=before, to=there)
    assert told.value.bars == [Bar.SAME_PLACE]


def test_a_card_split_off_stands_where_the_family_has_moved_meanwhile() -> None:
    at = household()
    before = reread(at.nengah)
    record_move(
        act=act(),
        people=[at.wayan, at.ketut, at.putu, at.nengah],
        to=Destination(Card.SAME, RT_NEXT_DOOR),
    )
    split_card(act=act(), people=[before], kk="", new_head=before.pk)
    card = reread(before).family
    assert card != at.card
    assert card.region_code == RT_NEXT_DOOR


def test_who_joins_a_card_lives_where_it_has_moved_meanwhile() -> None:
    at = household()
    split_card(act=act(), people=[at.nengah], kk="", new_head=at.nengah.pk)
    before = reread(at.nengah).family
    record_move(
        act=act(),
        people=[reread(at.nengah)],
        to=Destination(Card.SAME, RT_NEXT_DOOR),
    )
    record_move(
        act=act(),
        people=[at.putu],
        to=Destination(Card.JOIN, into=before, relation=4),
    )
    assert reread(at.putu).region_code == RT_NEXT_DOOR


def test_a_correction_is_decided_once() -> None:
    at = household()
    wish = asked(at.wayan)
    told = answers(
        *[
            lambda: decide_correction(
                wish=Correction.objects.get(pk=wish.pk),
                accepted=True,
                by=SUWARNO,
                at=NOW,
            )
        ]
        * 4
    )
    assert told.count("done") == 1
    assert reread(at.wayan).birth_place == "Genteng"
