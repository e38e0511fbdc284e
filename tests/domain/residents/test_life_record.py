"""The record of life events: once, in order, never rewritten, and where."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from smartkampung.residents.actions.absences import (
    record_found,
    record_missing,
)
from smartkampung.residents.actions.cards import (
    renumber_card,
    split_card,
)
from smartkampung.residents.actions.deaths import record_death
from smartkampung.residents.actions.moves import (
    record_move_out,
)
from smartkampung.residents.life.models import LifeEvent
from smartkampung.residents.queries.events import events_of
from smartkampung.residents.rules.life import Bar
from tests.lives import (
    NOW,
    TODAY,
    Household,
    act,
    household,
    refused,
    reread,
)
from tests.population import (
    RT_HERE,
    family,
)

pytestmark = pytest.mark.django_db
NEW_KK = "3510092411260001"


def test_life_event_once_per_act() -> None:
    at, form = household(), act()
    first = record_death(act=form, person=at.nengah)
    assert record_death(act=form, person=at.nengah) == first
    row = first[0]
    row.pk = None
    with (
        pytest.raises(IntegrityError, match="life_event_once_per_act"),
        transaction.atomic(),
    ):
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("kind", "left", "joined"),
    [
        ("birth", "", ""),
        ("move_out", "", ""),
        ("move", RT_HERE, ""),
        ("death", RT_HERE, RT_HERE),
        ("marriage", RT_HERE, ""),
    ],
)
def test_life_event_says_where(kind: str, left: str, joined: str) -> None:
    at = household()
    with (
        pytest.raises(IntegrityError, match="life_event_says_where"),
        transaction.atomic(),
    ):
        LifeEvent.objects.create(
            act=uuid.uuid4(),
            kind=kind,
            person=at.wayan,
            family=at.card,
            happened_on=TODAY,
            left_region=left,
            joined_region=joined,
            recorded_by="sari",
            recorded_at=NOW,
        )


@pytest.mark.parametrize("change", ["DELETE FROM", "UPDATE"])
def test_life_event_append_only(change: str) -> None:
    at = household()
    record_missing(act=act(), person=at.nengah)
    tail = " SET note = 'x'" if change == "UPDATE" else ""
    with (
        pytest.raises(DatabaseError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{change} residents_lifeevent{tail}")


def test_who_left_the_card_meanwhile_is_not_moved_again() -> None:
    at: Household = household()
    stale = reread(at.nengah)
    split_card(act=act(), people=[at.nengah], kk=NEW_KK, new_head=at.nengah.pk)
    found = refused(
        lambda: record_move_out(act=act(elsewhere="Malang"), people=[stale])
    )
    assert found == [Bar.CHANGED_MEANWHILE]


def test_somebody_must_be_chosen() -> None:
    empty = family(kk=None, phone=None)
    assert refused(lambda: renumber_card(act=act(), family=empty, kk=NEW_KK)) == [
        Bar.NOBODY_CHOSEN
    ]


def test_the_events_of_one_person_latest_first() -> None:
    at = household()
    record_missing(act=act(TODAY - timedelta(days=2)), person=at.nengah)
    record_found(act=act(), person=at.nengah)
    assert [event.kind for event in events_of(at.nengah)] == ["found", "missing"]
