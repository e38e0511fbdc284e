"""Cards: one in force for a person, known by a code that is kept nowhere."""

import pytest
from django.db import IntegrityError

from smartkampung.aid.actions.handover import CannotHandOver
from smartkampung.aid.cards.actions import (
    CannotEndCard,
    NoCardToMake,
    end_card,
    make_cards,
    replace_card,
)
from smartkampung.aid.cards.queries import hash_of, places_for, shown_card
from smartkampung.aid.cards.rules import End
from smartkampung.aid.models import Card, Handover
from smartkampung.audit.models import Event
from smartkampung.residents.models import Person
from tests import cases, cast, population
from tests.cases import NOW
from tests.domain.aid.test_promises import Broken

pytestmark = pytest.mark.django_db


def a_card(person: Person, desk: cases.Desk) -> Card:
    """Return the card in force of a person, made by Sari."""
    replace_card(person=person, end=End.LOST, by=desk.sari, at=NOW)
    return Card.objects.get(person=person, ended_at=None)


def test_everybody_who_waits_gets_a_card_once() -> None:
    desk = cases.desk()
    cases.approved(desk)
    population.person("Komang", "3510095505900001")
    [(person, code)] = make_cards(region=cast.HERE, by=desk.sari, at=NOW)
    assert person.name == "I Wayan Sudarma"
    [place] = places_for(desk.sari, cast.HERE)
    assert (place.code, place.recipients, place.without) == (cast.RT_HERE, 1, 0)
    with pytest.raises(NoCardToMake):
        make_cards(region=cast.HERE, by=desk.sari, at=NOW)
    budi = cases.rights(cast.budi())
    card = shown_card(desk.sari, code.lower().replace("-", " "))
    assert card is not None
    assert shown_card(budi, code) is None
    assert shown_card(desk.sari, "not a code") is None
    kept = f"{Card.objects.values()} {[e.__dict__ for e in Event.objects.all()]}"
    assert code not in kept


def test_a_lost_card_is_replaced_and_works_no_more() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    old = replace_card(person=due.person, end=End.LOST, by=desk.sari, at=NOW)
    new = replace_card(person=due.person, end=End.LOST, by=desk.sari, at=NOW)
    lost = shown_card(desk.sari, old)
    assert lost is not None
    assert lost.ended_at == NOW
    with pytest.raises(CannotHandOver):
        cases.call(due, desk.sari, card_id=lost.pk)
    valid = shown_card(desk.sari, new)
    assert valid is not None
    assert valid.ended_at is None
    cases.call(due, desk.sari, card_id=valid.pk)
    assert Handover.objects.get().card_id == valid.pk


def test_a_card_is_taken_back_once() -> None:
    desk = cases.desk()
    wayan = population.wayan()
    a_card(wayan, desk)
    end_card(person=wayan, by=desk.sari, at=NOW)
    with pytest.raises(CannotEndCard):
        end_card(person=wayan, by=desk.sari, at=NOW)


def test_card_one_in_force() -> None:
    desk = cases.desk()
    card = a_card(population.wayan(), desk)
    with Broken("card_one_in_force"):
        Card.objects.create(
            person=card.person, code_hash=b"x", made_by=card.made_by, made_at=NOW
        )


def test_card_end_is_signed() -> None:
    card = a_card(population.wayan(), cases.desk())
    with Broken("card_end_is_signed"):
        Card.objects.filter(pk=card.pk).update(ended_at=NOW)


@pytest.mark.parametrize(
    "change", [{"code_hash": hash_of("another")}, {"ended_at": None, "end": ""}]
)
def test_card_ended_stays_ended(change: dict[str, object]) -> None:
    desk = cases.desk()
    card = a_card(population.wayan(), desk)
    end_card(person=card.person, by=desk.sari, at=NOW)
    with Broken("card_ended_stays_ended"):
        Card.objects.filter(pk=card.pk).update(**change)


def test_handover_card_is_the_recipients() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    other = a_card(population.person("Komang", "3510095505900001"), desk)
    with pytest.raises(CannotHandOver) as caught:
        cases.call(due, desk.sari, card_id=other.pk)
    assert isinstance(caught.value.__cause__, IntegrityError)
