"""Programmes and offers are written by one person and opened by another."""

from typing import Any

import pytest

from smartkampung.audit.models import Event
from smartkampung.kernel.errors import Refused
from smartkampung.ledger.queries import balances
from smartkampung.recovery.programmes.actions.planning import (
    CannotOpen,
    CannotPlan,
    change_offer,
    fingerprint,
    make_offer,
    open_offer,
    set_pairs,
)
from smartkampung.recovery.programmes.models import KindPair, Offer
from smartkampung.recovery.programmes.rules.money import budget_of, source_of
from smartkampung.recovery.programmes.rules.states import Kind, Pays
from smartkampung.worklist.models import WorkItem
from tests.recovering import (
    DAY,
    ENDS,
    MAKER,
    MONDAY,
    OPENER,
    STARTS,
    WORDS,
    a_draft,
    a_programme,
    a_scenario,
    an_offer,
    terms,
)

pytestmark = pytest.mark.django_db


def test_a_second_person_opens_and_thereby_funds_every_place() -> None:
    draft = a_draft()
    wish = WorkItem.objects.get(kind="recovery.open_offer")
    assert wish.region_code == draft.region_code
    open_offer(offer=draft, seen=fingerprint(draft), by=OPENER, at=MONDAY)
    codes = [budget_of(draft.pk), source_of(draft.programme_id)]
    assert balances(codes) == {codes[0]: 3_200_000, codes[1]: -3_200_000}
    wish.refresh_from_db()
    assert wish.closed_by == OPENER


def test_who_wrote_it_does_not_open_it() -> None:
    draft = a_draft()
    with pytest.raises(CannotOpen, match="petugas lain"):
        open_offer(offer=draft, seen=fingerprint(draft), by=MAKER, at=MONDAY)
    assert balances([budget_of(draft.pk)]) == {}


def test_who_changed_it_last_does_not_open_it() -> None:
    draft = a_draft()
    change_offer(
        offer=draft,
        scenario_id=draft.scenario_id,
        wording=WORDS,
        terms=terms(places=7),
        by=OPENER,
    )
    draft.refresh_from_db()
    with pytest.raises(CannotOpen):
        open_offer(offer=draft, seen=fingerprint(draft), by=OPENER, at=MONDAY)
    open_offer(offer=draft, seen=fingerprint(draft), by=MAKER, at=MONDAY)
    assert Offer.objects.get().places == 7


def test_what_changed_since_it_was_read_is_not_opened() -> None:
    draft = a_draft()
    seen = fingerprint(draft)
    change_offer(
        offer=draft,
        scenario_id=draft.scenario_id,
        wording=WORDS,
        terms=terms(places=500),
        by=MAKER,
    )
    with pytest.raises(CannotOpen, match="berubah"):
        open_offer(offer=draft, seen=seen, by=OPENER, at=MONDAY)
    assert Offer.objects.get().state == "draft"


@pytest.mark.closes("recovery.open_offer")
def test_it_is_opened_once() -> None:
    offer = an_offer()
    with pytest.raises(CannotOpen, match="sudah dibuka"):
        open_offer(offer=offer, seen=fingerprint(offer), by="third", at=MONDAY)


def test_it_is_not_opened_after_its_last_day() -> None:
    late = MONDAY.replace(month=9, day=20)
    draft = a_draft()
    with pytest.raises(CannotOpen, match="sudah lewat"):
        open_offer(offer=draft, seen=fingerprint(draft), by=OPENER, at=late)


def test_what_was_promised_does_not_change() -> None:
    offer = an_offer()
    with pytest.raises(CannotPlan, match="tidak berubah"):
        change_offer(
            offer=offer,
            scenario_id=offer.scenario_id,
            wording=WORDS,
            terms=terms(places=9),
            by=MAKER,
        )


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"places": 0}, "paling sedikit satu tempat"),
        ({"starts_on": ENDS + DAY}, "lebih awal"),
        ({"wage": 1}, "upah sehari"),
        ({"loan_months": 3}, "angsuran"),
        ({"pays": Pays.LOAN, "loan_months": 3}, "jenis ini"),
    ],
)
def test_an_offer_that_contradicts_itself_says_where(
    told: dict[str, Any], words: str
) -> None:
    with pytest.raises(CannotPlan, match=words):
        a_draft(**told)
    assert STARTS < ENDS


@pytest.mark.parametrize("state", ["draft", "proposed", "dropped"])
def test_people_are_taken_from_approved_scenarios_only(state: str) -> None:
    with pytest.raises(CannotPlan, match="disetujui"):
        make_offer(
            programme=a_programme(),
            scenario_id=a_scenario(state).pk,
            wording=WORDS,
            terms=terms(),
            by=MAKER,
            at=MONDAY,
        )


def test_the_office_says_which_kinds_exclude_each_other() -> None:
    set_pairs(pairs=[(Kind.TRAINING, Kind.PLACEMENT), (Kind.TOOLS, Kind.TOOLS)], by="x")
    rows = KindPair.objects.order_by("first").values_list("first", "second")
    assert list(rows) == [("placement", "training"), ("tools", "tools")]
    set_pairs(pairs=[], by="x")
    assert not KindPair.objects.exists()
    assert Event.objects.filter(name="recovery.pairs_set").count() == 2


def test_every_refusal_has_a_code_of_its_own() -> None:
    assert {CannotOpen.code, CannotPlan.code}.isdisjoint({Refused.code})
