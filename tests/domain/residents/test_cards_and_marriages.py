"""Family cards and marriages: what they change, and what cannot be."""

import pytest

from smartkampung.kernel.sealed import blind_index
from smartkampung.residents.actions.cards import (
    change_head,
    merge_cards,
    renumber_card,
    split_card,
)
from smartkampung.residents.actions.marriages import record_divorce, record_marriage
from smartkampung.residents.models import KK, Family
from smartkampung.residents.rules.life import Bar
from tests.lives import act, household, refused, reread
from tests.population import (
    RT_HERE,
    family,
    person,
)

pytestmark = pytest.mark.django_db
NEW_KK = "3510092411260001"


def test_a_new_head_and_what_the_old_one_is_then() -> None:
    at = household()
    events = change_head(act=act(), family=at.card, new_head=at.ketut)
    assert events[0].person == at.ketut
    assert reread(at.ketut).relation == 1
    assert reread(at.wayan).relation == 2
    found = refused(lambda: change_head(act=act(), family=at.card, new_head=at.ketut))
    assert found == [Bar.SAME_HEAD]


def test_a_card_is_issued_anew() -> None:
    at = household()
    events = renumber_card(act=act(), family=at.card, kk=NEW_KK)
    card = Family.objects.get(pk=at.card.pk)
    assert bytes(card.kk_index or b"") == blind_index(NEW_KK, KK)
    assert len(events) == 4
    family("3510091204110099", phone=None)
    found = refused(
        lambda: renumber_card(act=act(), family=at.card, kk="3510091204110099")
    )
    assert found == [Bar.CARD_TAKEN]


def test_a_split_and_a_merge() -> None:
    at = household()
    split_card(act=act(), people=[at.nengah], kk=NEW_KK, new_head=at.nengah.pk)
    alone = reread(at.nengah)
    assert (alone.relation, alone.region_code) == (1, RT_HERE)
    assert alone.family != at.card
    assert alone.family.address == at.card.address
    events = merge_cards(act=act(), people=[alone], into=at.card, relation=7)
    back = reread(at.nengah)
    assert (back.family, back.relation) == (at.card, 7)
    assert events[0].left_family == alone.family


def test_splits_and_merges_that_cannot_be() -> None:
    at = household()
    family(NEW_KK, phone=None)
    found = refused(
        lambda: split_card(act=act(), people=[at.wayan], kk=NEW_KK, new_head=None)
    )
    assert found == [Bar.CARD_TAKEN, Bar.HEAD_NEEDED, Bar.NEW_CARD_HEAD_NEEDED]
    found = refused(
        lambda: merge_cards(act=act(), people=[at.putu], into=at.card, relation=None)
    )
    assert found == [Bar.SAME_CARD, Bar.RELATION_NEEDED]


def test_marriage_and_divorce_of_both() -> None:
    household()
    man, woman = person("Made"), person("Komang", sex="P")
    record_marriage(act=act(), person=man, spouse=woman)
    assert {reread(one).marital_status for one in (man, woman)} == {2}
    found = refused(lambda: record_marriage(act=act(), person=man, spouse=woman))
    assert found == [Bar.ALREADY_MARRIED, Bar.SPOUSE_MARRIED]
    record_divorce(act=act(), person=man, spouse=woman)
    assert {reread(one).marital_status for one in (man, woman)} == {3}
    assert refused(lambda: record_divorce(act=act(), person=man)) == [Bar.NOT_MARRIED]


def test_nobody_marries_themselves_or_their_like() -> None:
    man, other = person("Made"), person("Gede")
    found = refused(lambda: record_marriage(act=act(), person=man, spouse=man))
    assert found == [Bar.SAME_PERSON]
    found = refused(lambda: record_marriage(act=act(), person=man, spouse=other))
    assert found == [Bar.SAME_SEX]
