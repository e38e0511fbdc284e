"""Who died stood alone on a card: kin of another card get the letter, and none else."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.http import Http404

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.kernel.sealed import Sealed, blind_index
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
from smartkampung.residents.models import KK, Family, Person
from tests.asking_letters import (
    MORNING,
    actor,
    pen_of,
    rt_head,
    secretary,
    signed,
    subject_of,
    village_head,
    wayan_with_child,
    wish,
)
from tests.cast import HERE, NEXT_DOOR, RT_HERE, sari, staff

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()
HER_KK = "3510091201480004"
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
    baby = beside(child, date(2026, 6, 1))
    for one in (tukiyem(), baby):
        with pytest.raises(NotAbout):
            asked_by(officer, one, about_her(dead))


def beside(dead: Person, born_on: date | None) -> Person:
    """Register somebody who lives on the card of who died."""
    return Person.objects.create(
        name="Sri Rejeki",
        name_folded="sri rejeki",
        sex="P",
        born_on=born_on,
        relation=4,
        family=dead.family,
        region_code=dead.region_code,
    )


@pytest.mark.parametrize(
    ("born_on", "may"),
    [
        pytest.param(date(1950, 1, 1), False, id="the widow"),
        pytest.param(date(2009, 11, 24), False, id="17 today"),
        pytest.param(None, False, id="of unknown age"),
        pytest.param(date(2009, 11, 25), True, id="17 tomorrow"),
        pytest.param(date(2026, 6, 1), True, id="a baby"),
    ],
)
def test_kin_ask_only_where_nobody_grown_up_lives_on_that_card(
    child: Person, born_on: date | None, *, may: bool
) -> None:
    dead, officer = tukiyem(), sari()
    beside(dead, born_on)
    wanted = about_her(dead, "death")
    if may:
        assert asked_by(officer, child, wanted).subject == dead
        return
    with pytest.raises(NotAbout, match="masih ada anggota berumur 17"):
        asked_by(officer, child, wanted)


def test_who_grew_up_on_that_card_meanwhile_stops_the_check(child: Person) -> None:
    row = asked_by(rt_head(), child, about_her(tukiyem(), "death"))
    officer = actor(sari())
    back_home = beside(row.subject, date(1990, 1, 1))
    with pytest.raises(NotAbout, match="masih ada anggota berumur 17"):
        check(request=row, by=officer, at=MORNING)
    back_home.delete()
    child.family_id = row.subject.family_id
    child.save()
    assert check(request=row, by=officer, at=MORNING).state == State.SIGN


def test_the_record_of_a_death_comes_before_a_letter_for_kin(child: Person) -> None:
    living, officer = tukiyem(status=Person.Status.LIVING), sari()
    wanted = about_her(living, "death")
    with pytest.raises(NotAbout, match="mencatat kematiannya lebih dulu"):
        asked_by(officer, child, wanted)
    Person.objects.filter(pk=living.pk).update(status=Person.Status.DEAD)
    assert asked_by(officer, child, wanted).subject == living


def test_nobody_bears_witness_to_their_own_kinship(child: Person) -> None:
    hers = Family.objects.create(
        region_code=RT_HERE, kk=Sealed.of(HER_KK, KK), kk_index=blind_index(HER_KK, KK)
    )
    dead = tukiyem()
    Person.objects.filter(pk=dead.pk).update(family=hers)
    wanted = about_her(dead, "death")
    for officer, card in (
        (rt_head(), child.family),
        (sari(), child.family),
        (secretary(), hers),
    ):
        Staff.objects.filter(pk=officer.pk).update(family_index=card.kk_index)
        with pytest.raises(NotYours, match="saksi atas hubungan keluarganya sendiri"):
            asked_by(officer, child, wanted)
    assert asked_by(staff("komang", Role.VILLAGE_OFFICER, HERE), child, wanted)


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
    grandchild = beside(dead, date(2015, 1, 2))
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
