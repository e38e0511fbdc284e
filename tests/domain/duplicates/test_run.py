"""A search of the registry in PostgreSQL: proposes once, one at a time, safe if killed."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Event
from smartkampung.duplicates.actions import decide_different, propose
from smartkampung.duplicates.linkage import run as running
from smartkampung.duplicates.linkage.registry import everybody
from smartkampung.duplicates.linkage.run import AlreadyRunning, search_registry
from smartkampung.duplicates.models import NameShare, Pair, Run
from smartkampung.residents.actions import set_nik
from smartkampung.residents.models import Person
from smartkampung.worklist.models import WorkItem
from tests.doubles import NOW, REASON, double, load_town, merge, pair_of
from tests.population import SARI, WAYAN_NIK, actor, person, wayan
from tests.races import together

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DINSOS = actor(Role.DINSOS, "35.10")


def search() -> Run:
    return search_registry(by="test", at=NOW, tell=lambda doing, count: None)


def test_a_search_proposes_doubles_with_work_for_whoever_decides() -> None:
    truth = load_town()
    told: list[str] = []
    run = search_registry(
        by="test", at=NOW, tell=lambda doing, count: told.append(doing)
    )
    found = {(pair.first_id, pair.second_id) for pair in Pair.objects.all()}
    assert len(truth & found) / len(truth) > 0.8
    assert len(truth & found) / len(found) > 0.9
    assert (run.people, run.proposed) == (Person.objects.count(), len(found))
    assert run.finished_at is not None
    assert told == ["read", "compare", "propose"]
    work = WorkItem.objects.filter(kind="duplicates.pair")
    assert work.count() == len(found)
    assert {item.permission for item in work} == {"resident.duplicates_decide"}
    assert Event.objects.filter(name="duplicates.searched").count() == 1


def test_a_second_search_proposes_nothing_again_whatever_was_decided() -> None:
    load_town()
    search()
    for pair in Pair.objects.filter(region_code__startswith="35.10"):
        decide_different(pair=pair, reason=REASON, by=DINSOS, at=NOW)
    assert search().proposed == 0
    assert not WorkItem.objects.filter(kind="duplicates.pair", closed_at=None).exists()


def test_merged_records_are_not_searched() -> None:
    first, second = wayan(), double("I Wayan Sudarma")
    merge(pair_of(first, second), first)
    assert [facts.id for facts in everybody()] == [first.pk]
    assert search().proposed == 0


def test_what_stands_for_people_told_apart_is_told_apart() -> None:
    first, second, third = wayan(), double("I Wayan Sudarma"), double("Wayan Sudarma")
    apart = pair_of(second, third)
    decide_different(pair=apart, reason=REASON, by=SARI, at=NOW)
    merge(pair_of(first, second), first)
    search()
    assert not Pair.objects.filter(first=first, second=third).exists()


def test_who_claims_a_nik_is_compared_by_it() -> None:
    holder, claimant = wayan(), double()
    set_nik(person=claimant, nik=WAYAN_NIK, by="sari", at=NOW)
    facts = {row.id: row.nik for row in everybody()}
    assert facts[holder.pk] == facts[claimant.pk]
    assert facts[holder.pk] not in {"", WAYAN_NIK}


@pytest.mark.django_db(transaction=True)
def test_two_searches_at_once_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    load_town(400)

    def asked() -> str:
        try:
            search()
        except AlreadyRunning:
            return "refused"
        return "done"

    answers = together(asked, asked)
    assert "done" in answers
    assert Pair.objects.exists()
    assert search().proposed == 0


def test_a_search_is_refused_while_another_process_holds_the_lock() -> None:
    copy: Any = connection.copy()
    with copy.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [running.LOCK])
    try:
        with pytest.raises(AlreadyRunning):
            search()
        with copy.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [running.LOCK])
    finally:
        copy.close()
    assert search().finished_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_search_that_dies_leaves_whole_proposals_and_the_next_finds_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load_town()
    pieces: list[Any] = []

    def one_piece_then_death(found: Any, **more: Any) -> int:
        if pieces:
            raise KeyboardInterrupt
        pieces.append(found)
        return propose(found, **more)

    monkeypatch.setattr(running, "propose", one_piece_then_death)
    monkeypatch.setattr(running, "AT_ONCE", 1)
    with pytest.raises(KeyboardInterrupt):
        search()
    monkeypatch.undo()
    stored = Pair.objects.count()
    assert stored == 1
    assert WorkItem.objects.filter(kind="duplicates.pair").count() == stored
    assert Run.objects.get().finished_at is None
    assert search().proposed > 5


def test_common_names_are_remembered_for_those_entered_one_by_one() -> None:
    for number in range(25):
        person("Siti Aminah", born_on=date(1960, 1, 1 + number), sex="P")
    for _again in range(2):
        search()
        share = NameShare.objects.get(column="name_key")
        assert (share.value, share.share) == ("aminahsiti", 1.0)
