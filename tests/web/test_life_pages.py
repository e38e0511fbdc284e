"""Sari writes down what happened; each refusal stands where it can be mended."""

import uuid
from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import today
from smartkampung.residents.models import Correction, LifeEvent, Person
from tests import cast
from tests.corrections import asked
from tests.lives import Household, act, household, reread
from tests.pictures import jpeg
from tests.population import WAYAN_NIK

pytestmark = pytest.mark.django_db
TODAY = today().strftime("%d-%m-%Y")


@pytest.fixture
def at() -> Household:
    return household()


@pytest.fixture
def sari(client: Client) -> Client:
    return cast.sign_in(cast.english(client), cast.sari())


def of_person(person: Person, kind: str) -> str:
    return f"/staff/residents/{person.pk}/events/{kind}/"


def of_family(at: Household, kind: str) -> str:
    return f"/staff/residents/families/{at.card.pk}/events/{kind}/"


def send(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"form_id": uuid.uuid4(), "on": TODAY, "note": "", **data})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_way_from_the_person_to_the_form(sari: Client, at: Household) -> None:
    page = text(sari.get(f"/staff/residents/{at.wayan.pk}/"))
    assert f"/staff/residents/{at.wayan.pk}/events/" in page
    choice = text(sari.get(f"/staff/residents/{at.wayan.pk}/events/"))
    assert of_person(at.wayan, "death") in choice
    assert of_person(at.wayan, "found") not in choice
    assert f"{of_family(at, 'move')}?who={at.wayan.pk}" in choice


def test_a_death_is_written_down_and_stands_on_the_pages(
    sari: Client, at: Household
) -> None:
    url = of_person(at.wayan, "death")
    answer = send(sari, url, new_head=at.ketut.pk)
    assert answer.status_code == 302
    assert reread(at.wayan).status == "dead"
    page = text(sari.get(f"/staff/residents/{at.wayan.pk}/"))
    assert "Died" in page
    assert "I Wayan Sudarma" in text(sari.get("/staff/residents/events/"))


def test_a_head_who_dies_needs_a_new_head(sari: Client, at: Household) -> None:
    answer = send(sari, of_person(at.wayan, "death"))
    assert answer.status_code == 422
    assert "Choose who leads the family now." in text(answer)
    assert not LifeEvent.objects.exists()


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("missing", {"on": "24-11-2090"}, "This date is still to come."),
        ("missing", {"on": "soon"}, "Type the day as 24-11-2026."),
        ("marriage", {}, "this person is married"),
        ("divorce", {"spouse": "3510"}, "A NIK has 16 digits. You typed 4."),
        ("divorce", {"spouse": "3510091001000007"}, "Nobody with this NIK lives"),
        ("divorce", {"spouse": WAYAN_NIK}, "This is the same person."),
    ],
)
def test_refusals_of_a_person_stand_on_the_form(
    sari: Client, at: Household, kind: str, data: dict[str, Any], words: str
) -> None:
    answer = send(sari, of_person(at.wayan, kind), **{"spouse": "", **data})
    assert answer.status_code in {409, 422}
    assert words in text(answer)
    assert not LifeEvent.objects.exists()


def test_the_dead_cannot_go_missing(sari: Client, at: Household) -> None:
    send(sari, of_person(at.nengah, "death"))
    answer = send(sari, of_person(at.nengah, "missing"))
    assert answer.status_code == 409
    assert "this person has died" in text(answer)


def test_missing_found_divorced(sari: Client, at: Household) -> None:
    assert send(sari, of_person(at.nengah, "missing")).status_code == 302
    assert send(sari, of_person(at.nengah, "found")).status_code == 302
    answer = send(sari, of_person(at.wayan, "divorce"), spouse="3510095506880002")
    assert answer.status_code == 302
    assert reread(at.ketut).marital_status == 3


def test_a_birth(sari: Client, at: Household) -> None:
    answer = send(
        sari,
        of_family(at, "birth"),
        name=" I Gede  Bayu ",
        sex="L",
        birth_place="Genteng",
        relation="4",
        mother=at.ketut.pk,
        father=at.wayan.pk,
        nik="",
    )
    assert answer.status_code == 302
    child = Person.objects.get(name="I Gede Bayu")
    assert (child.mother_name, child.father_name) == (at.ketut.name, at.wayan.name)
    assert child.born_on == today()


def test_a_move_next_door_takes_the_family_off_saris_pages(
    sari: Client, at: Household
) -> None:
    everybody = [at.wayan.pk, at.ketut.pk, at.putu.pk, at.nengah.pk]
    where = {"village": cast.NEXT_DOOR, "rw": "1", "rt": "1"}
    answer = send(sari, of_family(at, "move"), who=everybody, card="same", **where)
    assert answer["Location"] == "/staff/residents/events/"
    listed = text(sari.get("/staff/residents/events/"))
    assert "I Wayan Sudarma" in listed
    assert "Sumberwangi" in listed
    assert "Karangjati" in listed
    assert f"/staff/residents/{at.wayan.pk}/" not in listed
    budi = cast.sign_in(cast.english(Client()), cast.budi())
    assert f"/staff/residents/{at.wayan.pk}/" in text(
        budi.get("/staff/residents/events/")
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"rt": "9"}, "This RT is not on the list of that village."),
        ({"village": ""}, "This RT is not on the list of that village."),
        ({"card": "same"}, "The card only moves when all living members move."),
        ({"card": "join", "kk": "3510091204110077"}, "No family has this family card"),
        ({"card": "new"}, "Choose who of those who go is the head on the new card."),
        ({"who": []}, "Choose at least one person of the family."),
    ],
)
def test_refusals_of_a_move_stand_on_the_form(
    sari: Client, at: Household, data: dict[str, Any], words: str
) -> None:
    where = {"village": cast.NEXT_DOOR, "rw": "1", "rt": "1"}
    given = {"who": [at.ketut.pk], "card": "new", "new_head": "", **where, **data}
    answer = send(sari, of_family(at, "move"), **given)
    assert answer.status_code in {409, 422}
    assert words in text(answer)
    assert not LifeEvent.objects.exists()


def test_split_merge_head_and_new_number(sari: Client, at: Household) -> None:
    answer = send(
        sari,
        of_family(at, "split"),
        who=[at.nengah.pk],
        new_head=at.nengah.pk,
        kk="3510092411260001",
    )
    assert answer.status_code == 302
    alone = reread(at.nengah).family
    url = f"/staff/residents/families/{alone.pk}/events/merge/"
    own = {"who": [at.nengah.pk], "relation": "7", "kk": "3510091204110003"}
    assert send(sari, url, **own).status_code == 302
    assert reread(at.nengah).family == at.card
    changed = send(sari, of_family(at, "head_change"), new_head=at.ketut.pk)
    assert changed.status_code == 302
    assert (
        send(sari, of_family(at, "new_card"), kk="3510092411260002").status_code == 302
    )
    assert LifeEvent.objects.filter(kind="new_card").count() == 4


def test_out_and_back(sari: Client, at: Household) -> None:
    out = send(sari, of_family(at, "move_out"), who=[at.putu.pk], elsewhere="Malang")
    assert out.status_code == 302
    assert send(sari, of_family(at, "return"), who=[at.putu.pk]).status_code == 302
    assert reread(at.putu).status == "living"


def test_a_family_from_outside_and_its_second_member(
    sari: Client, at: Household
) -> None:
    slamet = {
        "name": "Slamet",
        "nik": "3510091001800007",
        "sex": "L",
        "born_on": "10-01-1980",
        "elsewhere": "Jember",
        "address": "Jalan Melati 2",
    }
    place = {"village": cast.HERE, "rw": "2", "rt": "7"}
    answer = send(sari, "/staff/residents/events/new-family/", **slamet, **place)
    assert answer.status_code == 302
    card = Person.objects.get(name="Slamet").family_id
    wife = {"name": "Sumiati", "nik": "3510095001820007", "sex": "P"}
    url = f"/staff/residents/families/{card}/events/move_in/"
    more = {"born_on": "10-01-1982", "relation": "3", "elsewhere": "Jember"}
    assert send(sari, url, **wife, **more).status_code == 302
    again = send(sari, "/staff/residents/events/new-family/", **slamet, **place)
    assert again.status_code == 409
    assert "already lives in the regency" in text(again)


def test_an_unknown_event_is_no_page(sari: Client, at: Household) -> None:
    assert sari.get(of_person(at.wayan, "flight")).status_code == 404
    assert sari.get(of_family(at, "death")).status_code == 404


# -- as of a past day ----------------------------------------------------------


def test_the_past_of_a_person_and_a_family(sari: Client, at: Household) -> None:
    send(sari, of_person(at.nengah, "death"))
    then = text(sari.get(f"/staff/residents/{at.nengah.pk}/?on=2026-01-01"))
    assert "This is the past: as of" in then
    assert "living" in then
    before = text(sari.get(f"/staff/residents/{at.putu.pk}/?on=2010-01-01"))
    assert "Not here yet" in before
    card = text(sari.get(f"/staff/residents/families/{at.card.pk}/?on=2010-01-01"))
    assert "I Wayan Sudarma" in card
    assert "Ni Putu Ayu" not in card


@pytest.mark.parametrize(
    ("day", "words"),
    [("2090-01-01", "This day is still to come."), ("x", "Type the day as")],
)
def test_a_day_that_cannot_be_shown(
    sari: Client, at: Household, day: str, words: str
) -> None:
    page = text(sari.get(f"/staff/residents/{at.wayan.pk}/?on={day}"))
    assert words in page
    assert "This is the past" not in page


# -- corrections -----------------------------------------------------------------


def test_sari_asks_and_the_head_decides(sari: Client, at: Household) -> None:
    start = text(sari.get(f"/staff/residents/{at.wayan.pk}/corrections/"))
    url = f"/staff/residents/{at.wayan.pk}/corrections/name/"
    assert url in start
    form = {"form_id": uuid.uuid4(), "wanted": "I Wayan Sudirman"}
    form |= {"explanation": "The certificate says so."}
    assert sari.post(url, form).status_code == 422
    answer = sari.post(url, {**form, "evidence": jpeg()})
    assert answer.status_code == 302
    wish = Correction.objects.get()
    head = cast.staff("suwarno", Role.VILLAGE_HEAD, cast.HERE)
    suwarno = cast.sign_in(cast.english(Client()), head)
    assert "I Wayan Sudarma" in text(suwarno.get("/staff/residents/corrections/"))
    page = text(suwarno.get(f"/staff/residents/corrections/{wish.pk}/"))
    assert "I Wayan Sudirman" in page
    photo = suwarno.get(f"/staff/residents/corrections/{wish.pk}/evidence/")
    assert photo["Content-Type"] == "image/jpeg"
    decide = f"/staff/residents/corrections/{wish.pk}/decide/"
    refused = suwarno.post(decide, {"accepted": "no", "reason": ""})
    assert refused.status_code == 409
    assert "why it is refused" in text(refused)
    assert suwarno.post(decide, {"accepted": "yes"}).status_code == 302
    assert reread(at.wayan).name == "I Wayan Sudirman"
    assert "corrected" in text(suwarno.get("/staff/residents/corrections/?show=done"))


def test_what_is_wrong_with_a_wish_stands_beside_the_field(
    sari: Client, at: Household
) -> None:
    url = f"/staff/residents/{at.wayan.pk}/corrections/birth_place/"
    form = {"form_id": uuid.uuid4(), "wanted": "Genteng", "explanation": "no"}
    answer = sari.post(url, form)
    assert answer.status_code == 409
    assert "Write in at least 10 letters what is wrong" in text(answer)
    assert sari.get(url.replace("birth_place", "shoe_size")).status_code == 404


def test_who_asked_sees_no_form_to_decide(sari: Client, at: Household) -> None:
    wish = asked(at.wayan)
    page = text(sari.get(f"/staff/residents/corrections/{wish.pk}/"))
    assert "somebody else must decide" in page
    assert "Write down the decision" not in page
    assert (
        sari.post(f"/staff/residents/corrections/{wish.pk}/decide/").status_code == 403
    )


def test_an_overdue_wish_says_so(at: Household) -> None:
    asked(at.wayan, at=act().at.replace(year=2025))
    head = cast.staff("suwarno", Role.VILLAGE_HEAD, cast.HERE)
    suwarno = cast.sign_in(cast.english(Client()), head)
    assert '<span class="tag late">late</span>' in text(
        suwarno.get("/staff/residents/corrections/")
    )
