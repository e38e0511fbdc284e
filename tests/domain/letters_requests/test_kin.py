"""Who died stood alone on a card: kin of another card get the letter, and none else."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.http import Http404

from smartkampung.accounts.models import Staff
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.letters.requests.actions.asking import Wish, ask_for, ask_own
from smartkampung.letters.requests.actions.handling import check, confirm
from smartkampung.letters.requests.actions.refusals import (
    NotAbout,
    NotYours,
    WrongAnswers,
)
from smartkampung.letters.requests.actions.revoking import replace as write_anew
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries.household import kin_household_for
from smartkampung.letters.requests.queries.requests import of_family
from smartkampung.letters.requests.rules.steps import Channel, State
from smartkampung.residents.models import Family, Person
from tests.asking_letters import (
    MORNING,
    actor,
    pen_of,
    rt_head,
    signed,
    subject_of,
    village_head,
    wayan_with_child,
    wish,
)
from tests.cast import HERE, NEXT_DOOR, RT_HERE, sari

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()
SEEN = "Akta kelahiran 12 Mei 1985, anak almarhumah"
DEATH = {
    "died_on": "2026-11-20",
    "died_where": "Rumah",
    "cause": "old_age",
    "relation": "Anak",
}
HEIRS = {
    "died_on": "2026-11-20",
    "died_where": "Rumah",
    "others": "Wayan Sudarma, 15 April 1985, anak",
    "witness_one": "Ketut Alit",
    "witness_two": "Nyoman Rai",
}


def tukiyem(**changes: Any) -> Person:
    """Register Mbah Tukiyem, who died and stood alone on her card."""
    given = {"region_code": RT_HERE, "status": Person.Status.DEAD, **changes}
    return Person.objects.create(
        name="Tukiyem",
        name_folded="tukiyem",
        sex="P",
        born_on=date(1948, 1, 2),
        relation=1,
        family=Family.objects.create(region_code=given["region_code"]),
        **given,
    )


def about_her(dead: Person, kind: str = "heirs", **changes: Any) -> Wish:
    told = {"heirs": HEIRS, "death": DEATH}.get(kind, {})
    given = {"kind": kind, "answers": told, "kinship": SEEN, **changes}
    return wish(dead, purpose="Mengurus tabungan", **given)


def asked_by(
    officer: Staff, child: Person, wanted: Wish, channel: Channel = Channel.COUNTER
) -> LetterRequest:
    found = ask_for(
        wish=wanted,
        applicant_id=child.pk,
        by=actor(officer),
        channel=channel,
        at=MORNING,
    )
    act_as(Acting.JOB)
    return LetterRequest.objects.get(pk=found.request_id)


@pytest.fixture
def child() -> Person:
    """Register Wayan, who lives on a card of his own."""
    return wayan_with_child()[0]


@pytest.mark.parametrize("kind", ["death", "heirs"])
def test_a_child_of_another_card_asks_at_the_counter(child: Person, kind: str) -> None:
    dead, officer = tukiyem(region_code=f"{HERE}.001.001"), sari()
    row = asked_by(officer, child, about_her(dead, kind))
    assert (row.subject, row.applicant, row.family_id) == (dead, child, child.family_id)
    assert row.region_code == dead.region_code, "the RT of who died is asked"
    assert row.state == State.CONFIRM
    assert row.kinship
    assert row.kinship.open() == SEEN
    act_as(Acting.RESIDENT, family=child.family_id)
    assert list(of_family(subject_of(child), on=TODAY)) == [row]


def test_the_rt_of_who_died_asks_and_the_child_fetches_the_letter(
    child: Person,
) -> None:
    row = asked_by(rt_head(), child, about_her(tukiyem(), "death"))
    assert (row.state, row.channel) == (State.CHECK, Channel.RT)
    check(request=row, by=actor(sari()), at=MORNING)
    row.refresh_from_db()
    letter = signed(row, pen_of(village_head()))
    act_as(Acting.RESIDENT, family=child.family_id)
    mine = of_family(subject_of(child), on=TODAY)
    assert [one.state for one in mine] == [State.ISSUED]
    act_as(Acting.JOB)
    again = write_anew(
        letter=letter,
        reason="Nama salah tulis",
        by=actor(Staff.objects.get(username="darmo")),
        at=MORNING,
    )
    assert again.kinship is not None
    assert again.kinship.open() == SEEN


def test_the_phone_of_a_stranger_asks_about_nobody_of_another_card(
    child: Person,
) -> None:
    dead = tukiyem()
    for kinship in (SEEN, ""):
        wanted = about_her(dead, kinship=kinship)
        with pytest.raises(NotAbout):
            ask_own(wish=wanted, by=subject_of(child), at=MORNING)


def test_an_officer_bears_witness_and_only_about_the_dead(child: Person) -> None:
    dead, officer = tukiyem(), sari()
    with pytest.raises(NotAbout):
        asked_by(officer, child, about_her(dead, kinship=""))
    with pytest.raises(NotAbout):
        asked_by(officer, child, about_her(dead, "domicile"))
    living = tukiyem(status=Person.Status.LIVING)
    poor = about_her(living, "sktm", answers={"income": "1"})
    for wanted in (about_her(living), poor):
        with pytest.raises(NotAbout):
            asked_by(officer, child, wanted)


def test_who_asks_is_grown_up_and_alive(child: Person) -> None:
    dead, officer = tukiyem(), sari()
    daughter = child.family.members.get(relation=4)
    with pytest.raises(NotAbout):
        asked_by(officer, daughter, about_her(dead))
    with pytest.raises(NotAbout):
        asked_by(officer, tukiyem(), about_her(dead))


def test_both_lived_where_the_officer_asks(child: Person) -> None:
    far = tukiyem(region_code=f"{NEXT_DOOR}.001.001")
    near = tukiyem(region_code=f"{HERE}.001.001")
    for officer, dead in ((sari(), far), (rt_head(), near)):
        with pytest.raises(NotYours):
            asked_by(officer, child, about_her(dead))
        with pytest.raises(Http404):
            kin_household_for(actor(officer), dead.pk, child.pk)


def test_heirs_are_chosen_of_the_card_of_who_died_or_typed(child: Person) -> None:
    dead, officer = tukiyem(), sari()
    none = {**HEIRS, "others": ""}
    wrong = {**none, "heirs": str(child.pk)}
    for answers in (none, wrong):
        with pytest.raises(WrongAnswers):
            asked_by(officer, child, about_her(dead, answers=answers))
    grandchild = Person.objects.create(
        name="Sri",
        name_folded="sri",
        sex="P",
        born_on=date(2015, 1, 2),
        relation=4,
        family=dead.family,
        region_code=dead.region_code,
    )
    row = asked_by(
        officer,
        child,
        about_her(dead, answers={**none, "heirs": str(grandchild.pk)}),
    )
    confirm(request=row, by=actor(rt_head()), at=MORNING)


def test_the_form_of_one_kin_is_no_form_of_another(child: Person) -> None:
    wanted = about_her(tukiyem())
    officer = sari()
    first = asked_by(officer, child, wanted)
    assert asked_by(officer, child, wanted) == first
    other = replace(wanted, subject_id=tukiyem().pk, form_id=about_her(child).form_id)
    assert asked_by(officer, child, other) != first
