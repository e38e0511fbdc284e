"""Wayan books from Surabaya, without an account and without scripts."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from smartkampung.documents.qr import qr_svg
from smartkampung.isolation.models import BedUse, House, Reservation, Stay
from smartkampung.kernel.clock import today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.web.isolation_booking.guests import GuestForm
from smartkampung.web.places import village_choices
from smartkampung.worklist.models import WorkItem
from tests.cast import FAR_AWAY, HERE, NEXT_DOOR, RT_HERE, english
from tests.isolating import SURABAYA, a_house
from tests.web.bookingform import (
    DOOR,
    FORM,
    WAYAN_NIK,
    body,
    book,
    fill,
    move,
    person,
    send,
    three,
    walk,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house() -> None:
    a_house(beds=2)


def the_row() -> Reservation:
    act_as(Kind.JOB)
    return Reservation.objects.get()


def test_a_booking_ends_on_a_pass_with_code_and_qr(client: Client) -> None:
    review = walk(client)
    assert WAYAN_NIK in body(review)
    answer = send(client, review)
    slip = client.get(answer["Location"])
    code = answer["Location"].split("/")[2]
    # A phone camera opens the link; the checkpoint reads the code out of it.
    assert qr_svg(f"{settings.SITE_URL}/i/{code}/") in body(slip)
    assert WAYAN_NIK not in body(slip)
    row = the_row()
    assert (row.state, row.origin_code, row.region_code) == ("booked", SURABAYA, HERE)
    assert BedUse.objects.filter(stay__reservation=row).count() == 1
    assert not Stay.objects.get().bound


def test_the_village_is_told_before_anybody_arrives(client: Client) -> None:
    book(client)
    work = WorkItem.objects.get(kind="isolation.expected")
    assert work.region_code == HERE
    assert work.due_at.date() <= today() + timedelta(days=3)


def test_a_family_is_asked_for_each_person_and_gets_a_bed_each(client: Client) -> None:
    book(client, people={"people": "2"})
    act_as(Kind.JOB)
    assert {stay.name for stay in Stay.objects.all()} == {"Wayan", "Kadek"}
    assert BedUse.objects.filter(live=True).count() == 2


def test_pressing_send_twice_is_one_booking(client: Client) -> None:
    review = fill(client)
    assert send(client, review)["Location"] == send(client, review)["Location"]
    the_row()


def test_the_code_opens_a_timeline_without_names(client: Client) -> None:
    code = book(client)
    found = client.post(DOOR, {"code": code.lower().replace("-", " ")}, follow=True)
    page = body(found)
    assert "Balai Desa" in page
    assert "0333123456" in page
    for secret in (WAYAN_NIK, "Wayan", "0857"):
        assert secret not in page
    assert "noindex" in page


def test_a_cancelled_booking_gives_its_bed_back(client: Client) -> None:
    code = book(client)
    asked = client.get(f"/i/{code}/cancel/")
    assert code in body(asked)
    gone = client.post(f"/i/{code}/cancel/", follow=True)
    assert "dibatalkan" in body(gone)
    act_as(Kind.JOB)
    assert not BedUse.objects.filter(live=True).exists()
    assert client.get(f"/i/{code}/cancel/").status_code == 302


def test_who_has_all_it_takes_may_isolate_at_home(client: Client) -> None:
    fit = {"own_room": "yes", "own_bathroom": "yes", "frail": "no"}
    code = book(client, home=fit)
    row = the_row()
    assert (row.setting, row.region_code) == ("home", RT_HERE)
    assert row.address == "Jalan Kawah 3, rumah hijau"
    assert "Jalan Kawah" not in body(client.get(f"/i/{code}/"))


def test_who_may_not_isolate_at_home_reads_every_reason(client: Client) -> None:
    unfit = {"own_room": "no", "own_bathroom": "no", "frail": "yes"}
    page = fill(english(client), until="house", home=unfit)
    for words in ("no room of your own", "no bathroom of your own", "falls seriously"):
        assert words in body(page)


def test_houses_with_room_are_offered_the_nearest_first(client: Client) -> None:
    a_house("Rumah Singgah", beds=3, village=NEXT_DOOR)
    a_house("Sekolah", beds=0, village=NEXT_DOOR)
    page = body(fill(client, until="house"))
    assert page.index("Balai Desa") < page.index("Rumah Singgah")
    assert "Sekolah" not in page


def test_a_house_that_filled_up_meanwhile_is_refused_with_others(
    client: Client,
) -> None:
    here = a_house("Pondok", beds=1)
    review = fill(client, house={"house": str(here.pk)})
    other = Client()
    assert send(other, fill(other, house={"house": str(here.pk)})).status_code == 302
    answer = send(client, review)
    assert answer.status_code == 409
    assert "Balai Desa" in body(answer)
    act_as(Kind.JOB)
    assert Reservation.objects.count() == 1


def test_the_answer_is_the_same_for_somebody_who_has_a_place(client: Client) -> None:
    pages = []
    for one in (Client(), Client()):
        code = book(one)
        page = body(one.get(f"/i/{code}/")).replace(code, "")
        # Only the moment of asking may differ.
        pages.append(re.sub(r"\d\d\.\d\d WIB", "", page))
        act_as(Kind.JOB)
        if len(pages) == 1:
            Stay.objects.update(bound=True)
    assert pages[0] == pages[1]


def test_with_no_room_anywhere_one_waits_in_the_order_of_asking(
    client: Client,
) -> None:
    book(client, people={"people": "2"})
    code = book(client)
    page = body(english(client).get(f"/i/{code}/"))
    assert "on the waiting list" in page
    assert "Number 1 in the order" in page


@pytest.mark.parametrize(
    ("step", "typed", "words"),
    [
        ("when", three("arrives_on", today() - timedelta(days=1)), "This day is over"),
        ("when", three("arrives_on", today() + timedelta(days=200)), "at most 90 days"),
        ("guest1", person(number="12"), "A NIK has 16 digits. You typed 2"),
        ("guest1", person(document_kind="none"), "Grown-ups need a document"),
        ("guest1", person(document_kind="passport", number="?"), "Copy the number"),
        ("guest1", person(name=f"Wayan {WAYAN_NIK}"), "Do not write a NIK"),
        ("people", {"people": "40"}, "Choose how many"),
        ("province", {"province": "99"}, "Choose from the list"),
        ("home", {"own_room": "yes"}, "Answer yes or no"),
    ],
)
def test_mistakes_say_what_to_do(
    client: Client, step: str, typed: dict[str, str], words: str
) -> None:
    page = fill(english(client), until=step)
    answer = move(client, page, step=step, **typed)
    assert answer.status_code == 422
    assert words in body(answer)


def test_one_number_names_one_person_of_a_party(client: Client) -> None:
    page = fill(english(client), until="guest2", people={"people": "2"})
    answer = move(client, page, step="guest2", **person("Made"))
    assert "already stands at another person" in body(answer)


def test_who_comes_from_abroad_is_not_asked_for_a_regency(client: Client) -> None:
    book(client, province={"province": "00"})
    assert the_row().origin_code == "00"


def test_a_changed_answer_unsettles_what_hung_on_it(client: Client) -> None:
    review = fill(client)
    page = move(client, review, to="province")
    page = move(client, page, step="province", province="51")
    assert 'name="origin"' in body(page)
    assert "51.71" in body(page)
    assert "35.78" not in body(page)


def test_a_large_family_does_without_back_and_loses_nothing(client: Client) -> None:
    a_house("Gedung", beds=12)
    people = {
        f"guest{at}": person(
            f"Nama Panjang Sekali {at}", number=f"{WAYAN_NIK[:-2]}{at:02}"
        )
        for at in range(1, 13)
    }
    book(client, people={"people": "12"}, **people)
    act_as(Kind.JOB)
    assert Stay.objects.count() == 12


def test_another_language_keeps_what_was_typed(client: Client) -> None:
    page = fill(client, until="guest1")
    page = move(client, page, step="guest1", language="en", name="Wayan")
    assert 'value="Wayan"' in body(page)
    assert "Who is person 1?" in body(page)
    assert 'role="alert"' not in body(page)


def test_an_altered_form_begins_again(client: Client) -> None:
    page = client.post(FORM, {"form": "made up"}, follow=True)
    assert 'name="arrives_on_day"' in body(page)


def test_a_house_where_only_men_lie_is_offered_to_men_alone(client: Client) -> None:
    text = "Balai Desa, "
    book(client)
    assert text in body(fill(client, until="house"))
    woman = person("Sari", sex="P", number="3510096203900002")
    page = body(fill(client, until="house", guest1=woman))
    assert text not in page
    assert "daftar tunggu" in page


def test_the_review_says_in_which_village_the_house_stands(client: Client) -> None:
    chosen = str(House.objects.get().pk)
    review = body(fill(client, house={"house": chosen}))
    assert "Balai Desa, Sumberwangi" in review


def test_kecamatan_and_villages_stand_in_the_order_of_the_alphabet() -> None:
    assert village_choices() == [
        ("Lereng", [(NEXT_DOOR, "Karangjati"), (HERE, "Sumberwangi")]),
        ("Pesisir", [(FAR_AWAY, "Tanjungsari")]),
    ]


@pytest.mark.parametrize(("name", "wrong"), [("123", True), ("I Wayan", False)])
def test_a_name_has_letters(name: str, wrong: bool) -> None:
    form = GuestForm(person(name), earlier={})
    assert ("name" in form.errors) == wrong


def test_each_door_calls_the_code_by_the_paper_in_the_hand(client: Client) -> None:
    for address, words in (
        ("/isolation/", "Type the code from the pass or the SMS."),
        ("/isolation/health/", "Type the code from the pass or the SMS."),
        ("/appeal/", "Type the code from the letter."),
    ):
        assert words in body(english(client).post(address, {"code": ""}))
