"""How many were hit, by sector: counted for the public only where nobody is meant."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from smartkampung.jobs.tasks.economy import every_night
from smartkampung.kernel.errors import constraint_name
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.recovery.affected.models import Affected, Sector
from smartkampung.recovery.economy.actions.counting import publish_sectors
from smartkampung.recovery.economy.models import SectorCount
from smartkampung.recovery.economy.queries.people import (
    affected_by_sector,
    published,
    sector_named,
    sectors,
)
from smartkampung.residents.models import Person
from tests import cast, population
from tests.economy import MAY_2020, NOW, bupati, office

pytestmark = pytest.mark.django_db
State = Affected.State
HIT: dict[str, dict[str, int]] = {
    "boat": {State.TO_VERIFY: 7, State.VERIFIED: 12, State.RECOVERED: 2},
    "guide": {State.TO_VERIFY: 6, State.VERIFIED: 9, State.RECOVERED: 5},
    "trade": {State.TO_VERIFY: 8, State.VERIFIED: 10, State.REFUSED: 3},
}


def hit() -> None:
    """Let people of the village be hit, in three sectors."""
    cast.places()
    act_as(Acting.JOB)
    person = population.wayan()
    people = [
        Person(
            name=f"Ketut {at}",
            region_code=person.region_code,
            family=person.family,
            sex="L",
            relation=4,
        )
        for at in range(70)
    ]
    waiting = iter(Person.objects.bulk_create(people))
    Affected.objects.bulk_create(
        Affected(
            person=next(waiting),
            region_code=cast.HERE,
            state=state,
            kind=Affected.Kind.LAID_OFF,
            sector_id=sector,
            happened_on=MAY_2020,
            income_before=3_000_000,
            income_after=0,
            dependants=1,
            opened_at=NOW,
            verified_at=None if state == State.TO_VERIFY else NOW,
            verified_by="" if state == State.TO_VERIFY else "sari",
            closed_at=NOW if state in {State.RECOVERED, State.REFUSED} else None,
        )
        for sector, states in HIT.items()
        for state, count in states.items()
        for _ in range(count)
    )


def test_the_office_sees_every_count() -> None:
    hit()
    shown = affected_by_sector(office())
    assert shown["boat"] == {
        "to_verify": 7,
        "verified": 12,
        "recovered": 2,
        "total": 21,
    }
    assert shown["trade"]["total"] == 18, "who was refused is not counted"
    assert shown["total"]["total"] == 59


def test_the_bupati_cannot_find_two_people_from_the_sums() -> None:
    hit()
    shown = affected_by_sector(bupati())
    assert shown["boat"]["recovered"] is None
    hidden = [key for key, value in shown["boat"].items() if value is None]
    assert len(hidden) > 1, "else the sum of the row gives it back"
    assert sum(row["recovered"] is None for row in shown.values()) > 1


def test_the_night_keeps_only_what_anybody_may_read() -> None:
    hit()
    every_night(0)
    rows, at = published()
    assert at is not None
    assert rows["boat"].recovered is None
    assert rows["total"].total == 59
    publish_sectors(at=NOW)
    assert published()[1] == NOW
    assert SectorCount.objects.count() == 4


def test_nobody_hit_is_no_table() -> None:
    cast.places()
    assert affected_by_sector(office()) == {}
    assert publish_sectors(at=NOW) == 0
    assert published() == ({}, None)


def test_sectors_are_named_in_the_language_of_whoever_reads() -> None:
    row = Sector.objects.get(code="homestay")
    assert sectors()["homestay"] == row.name
    with translation.override("en"):
        assert sectors()["homestay"] == row.name_en
    for said in ("homestay", row.name.upper(), f" {row.name_en} "):
        assert sector_named(said, sectors()) == "homestay"
    assert sector_named("zzz", sectors()) == ""


def test_sector_count_once() -> None:
    SectorCount.objects.create(sector="guides", counted_at=NOW)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        SectorCount.objects.create(sector="guides", counted_at=NOW)
    assert constraint_name(caught.value) == "sector_count_once"
