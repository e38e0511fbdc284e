"""Wayan's grandmother died alone on her card: who asks for her letter, and how."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.letters.requests.actions.ending import return_for_completion
from smartkampung.letters.requests.actions.handling import confirm
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries.facts import told_in
from smartkampung.letters.requests.rules.steps import State
from smartkampung.residents.models import NIK, Person
from tests.asking_letters import MORNING, actor, rt_head, secretary, wayan_with_child
from tests.cast import english, sari
from tests.domain.letters_requests.test_kin import (
    HEIRS,
    SEEN,
    about_her,
    asked_by,
    beside,
    tukiyem,
)
from tests.owndata import body
from tests.reporting import WAYAN_NIK
from tests.web.test_letters_ask import begin, photo
from tests.web.test_letters_ask import enter as on_phone
from tests.web.test_letters_staff import enter, words
from tests.web.test_letters_staff import that_morning as that_morning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]
ASK = "/staff/letters/ask"
HER_NIK = "3510094201480003"
ANSWERS = {
    "purpose": "Mengurus tabungan",
    "q_died_on_day": "20",
    "q_died_on_month": "11",
    "q_died_on_year": "2026",
    "q_died_where": "Rumah",
    "q_others": "Wayan Sudarma, 15 April 1985, cucu",
    "q_witness_one": "Ketut Alit",
    "q_witness_two": "Nyoman Rai",
    "kinship": SEEN,
}


@pytest.fixture
def child() -> Person:
    return wayan_with_child()[0]


@pytest.fixture
def dead() -> Person:
    return tukiyem(nik=Sealed.of(HER_NIK, NIK), nik_index=blind_index(HER_NIK, NIK))


def form_id(page: Any) -> str:
    found = re.search(r'name="form_id" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def test_from_the_page_of_who_died_to_the_check(child: Person, dead: Person) -> None:
    rt, desk = enter(rt_head()), enter(sari())
    offered = words(rt.get(f"{ASK}/for/{dead.pk}/"))
    assert "Which letter about Tukiyem, who died?" in offered
    assert "Certificate of Death" in offered
    assert "Certificate of Domicile" not in offered
    found = rt.post(f"{ASK}/about/{dead.pk}/heirs/", {"nik": WAYAN_NIK}, follow=True)
    page = words(found)
    assert "Asked for by Wayan Sudarma." in page
    assert "The letter is about Tukiyem." in page
    assert "Heirs on the family card" not in page, "nobody lives on hers"
    assert "Heirs on other family cards (optional)" not in page
    where = found.redirect_chain[-1][0]
    sent = {**ANSWERS, "form_id": form_id(found)}
    assert "Take a photo of it" in words(rt.post(where, sent), 422)
    photos = {
        f"paper_{one}": photo(f"{one}.jpg") for one in ("kinship", "statement", "death")
    }
    done = rt.post(where, {**sent, **photos}, follow=True)
    assert "The letter is asked for" in words(done)
    act_as(Kind.JOB)
    row = LetterRequest.objects.get()
    assert (row.applicant, row.subject) == (child, dead)
    office = words(desk.get(f"/staff/letters/{row.pk}/"))
    assert "See for yourself the paper that shows the kinship" in office
    assert SEEN in office
    assert "Photo of the paper that shows the kinship" in office


@pytest.mark.parametrize(
    ("nik", "told"),
    [
        pytest.param("12", "16 digits", id="a typing mistake"),
        pytest.param("3510091204850009", "A relative who lives here asks", id="nobody"),
        pytest.param(HER_NIK, "This is the NIK of who died", id="herself"),
    ],
)
def test_who_cannot_ask_is_told(
    child: Person, dead: Person, nik: str, told: str
) -> None:
    desk = enter(sari())
    where = f"{ASK}/about/{dead.pk}/death/"
    assert told in words(desk.post(where, {"nik": nik}), 422)
    at_rt = enter(rt_head()).post(where, {"nik": "3510091204850009"})
    assert "The village office may ask for everybody" in words(at_rt, 422)
    assert desk.get(f"{ASK}/about/{dead.pk}/sktm/").status_code == 404


def test_who_asks_is_shown_the_way_from_their_own_page(child: Person) -> None:
    page = words(enter(sari()).get(f"{ASK}/for/{child.pk}/death/"))
    assert "Open the page of that person" in page
    assert "Did Wayan Sudarma die" in page


@pytest.mark.parametrize("kind", ["death", "heirs"])
def test_a_phone_says_who_may_ask_and_what_to_bring_and_not_who_died(
    child: Person, dead: Person, kind: str
) -> None:
    phone = english(Client())
    on_phone(phone)
    for page in (begin(phone, kind), phone.get(f"/surat/kinds/{kind}/")):
        assert "Did whoever died stand on another family card?" in body(page)
        assert "a paper that shows you are family" in body(page)
        assert "Do you live in another village?" in body(page)
        assert "Tukiyem" not in body(page)


def test_what_was_missing_is_handed_in_by_the_child_and_names_nobody_anew(
    child: Person, dead: Person
) -> None:
    grandchild = beside(dead, date(2015, 1, 2))
    answers = {**about_her(dead).answers, "heirs": str(grandchild.pk)}
    row = asked_by(sari(), child, about_her(dead, answers=answers))
    return_for_completion(
        request=row, what="Saksi kedua belum jelas.", by=actor(rt_head()), at=MORNING
    )
    phone = english(Client())
    on_phone(phone)
    where = f"/surat/mine/{row.pk}/complete/"
    page = phone.get(where)
    for one in (page, phone.get(f"/surat/mine/{row.pk}/")):
        assert "Ketut Alit" in body(one)
        assert "Sri Rejeki" not in body(one)
    sent = {**ANSWERS, "q_witness_two": "Made Oka", "form_id": form_id(page)}
    assert "has it again" in body(phone.post(where, sent, follow=True))
    act_as(Kind.JOB)
    row.refresh_from_db()
    told = told_in(row).asked
    assert (told["heirs"], told["witness_two"]) == (str(grandchild.pk), "Made Oka")


@pytest.mark.parametrize("by_phone", [True, False], ids=["phone", "counter"])
def test_heirs_that_were_chosen_stay_when_a_photo_is_handed_in(
    child: Person, dead: Person, *, by_phone: bool
) -> None:
    chosen = str(beside(dead, date(2015, 1, 2)).pk)
    answers = {**HEIRS, "others": "", "heirs": chosen}
    row = asked_by(sari(), child, about_her(dead, answers=answers))
    row = confirm(request=row, by=actor(rt_head()), at=MORNING)
    gusti, what = secretary(), "Foto surat kematian kabur."
    return_for_completion(request=row, what=what, by=actor(gusti), at=MORNING)
    client, where, ticked = enter(gusti), f"{ASK}/missing/{row.pk}/", [chosen]
    if by_phone:
        ticked = []
        client, where = english(Client()), f"/surat/mine/{row.pk}/complete/"
        on_phone(client)
    page = client.get(where)
    assert "Heirs on other family cards (optional)" in words(page)
    sent: dict[str, Any] = {**ANSWERS, "q_others": "", "form_id": form_id(page)}
    sent |= {"q_heirs": ticked}
    sent["paper_death"] = photo("death.jpg")
    assert client.post(where, sent).status_code == 302
    act_as(Kind.JOB)
    row.refresh_from_db()
    told = told_in(row).asked
    assert (told["heirs"], told["others"]) == (chosen, "")
    assert (row.state, row.confirmed) == (State.CHECK, True), "the RT said so of these"


def test_the_widow_asks_and_nobody_else(child: Person, dead: Person) -> None:
    widow = beside(dead, date(1950, 1, 1))
    where = f"{ASK}/about/{dead.pk}/heirs/"
    desk = enter(sari())
    for page in (
        desk.get(where),
        desk.post(where, {"nik": WAYAN_NIK}),
        desk.get(f"{where}{child.pk}/", follow=True),
    ):
        assert "lives on the family card of who died" in words(page)
        assert f"{ASK}/for/{widow.pk}/heirs/" in body(page)
        assert "NIK" not in words(page)
        assert "Record the death" not in words(page)


def test_a_death_that_nobody_recorded_leads_to_its_record(
    child: Person, dead: Person
) -> None:
    Person.objects.filter(pk=dead.pk).update(status=Person.Status.LIVING)
    where = f"{ASK}/about/{dead.pk}/death/"
    page = enter(sari()).get(where)
    assert "records the death first" in words(page)
    assert f"/{dead.pk}/events/death/" in body(page)
    at_rt = enter(rt_head()).get(where)
    assert "records the death first" in words(at_rt)
    assert "Record the death" not in words(at_rt)


def test_an_officer_of_the_same_card_is_sent_to_a_colleague(
    child: Person, dead: Person
) -> None:
    tini = rt_head()
    Staff.objects.filter(pk=tini.pk).update(family_index=child.family.kk_index)
    desk = enter(tini)
    found = desk.post(f"{ASK}/about/{dead.pk}/death/", {"nik": WAYAN_NIK})
    assert "witness to their own kinship" in words(found, 422)


def test_the_office_chooses_anew_where_a_chosen_heir_has_died(
    child: Person, dead: Person
) -> None:
    gone, left = beside(dead, date(2012, 1, 2)), beside(dead, date(2015, 1, 2))
    answers = {**HEIRS, "heirs": f"{gone.pk},{left.pk}"}
    row = asked_by(sari(), child, about_her(dead, answers=answers))
    gusti = secretary()
    what = "Satu ahli waris sudah meninggal."
    return_for_completion(request=row, what=what, by=actor(rt_head()), at=MORNING)
    Person.objects.filter(pk=gone.pk).update(status=Person.Status.DEAD)
    desk, where = enter(gusti), f"{ASK}/missing/{row.pk}/"
    sent = {**ANSWERS, "q_heirs": [str(left.pk)], "form_id": form_id(desk.get(where))}
    assert desk.post(where, sent).status_code == 302
    act_as(Kind.JOB)
    row.refresh_from_db()
    assert told_in(row).asked["heirs"] == str(left.pk)


def test_the_counter_sees_what_kin_asked_for_about_who_died(
    child: Person, dead: Person
) -> None:
    row = asked_by(rt_head(), child, about_her(dead, "death"))
    page = enter(sari()).get(f"/staff/letters/counter/family/{dead.pk}/")
    assert f"/staff/letters/{row.pk}/" in body(page)
    assert "A relative of another card asks" in words(page)
    assert "Choose who asks" not in words(page)
