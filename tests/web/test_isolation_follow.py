"""With the code: another day, an offer from the waiting list, proof that it is oneself."""

from datetime import timedelta

import pytest
from django.test import Client

from smartkampung.intake.rules import new_code
from smartkampung.isolation.models import Reservation, Stay
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.models import Message
from tests import population
from tests.cast import english
from tests.isolating import a_house
from tests.owndata import another, code_sent
from tests.web.bookingform import body, book, fill, person, send, three

pytestmark = pytest.mark.django_db
LATER = today() + timedelta(days=9)


@pytest.fixture(autouse=True)
def _house() -> None:
    a_house(beds=1)


@pytest.fixture
def code(client: Client) -> str:
    """Let Wayan, who has a phone on record, book the only bed."""
    population.wayan()
    return book(english(client), guest1=person(number=population.WAYAN_NIK))


def stay() -> Stay:
    act_as(Kind.JOB)
    return Stay.objects.select_related("reservation").latest("pk")


def test_another_day_moves_the_booking(client: Client, code: str) -> None:
    page = client.post(f"/i/{code}/arrival/", three("arrives_on", LATER), follow=True)
    assert "The day of arrival is changed." in body(page)
    assert stay().reservation.arrives_on == LATER
    assert stay().during.lower == LATER


def test_a_full_day_leaves_the_old_one(client: Client, code: str) -> None:
    far = today() + timedelta(days=40)
    book(Client(), when=three("arrives_on", far))
    old = today() + timedelta(days=3)
    answer = client.post(f"/i/{code}/arrival/", three("arrives_on", far))
    assert answer.status_code == 409
    assert "full on these days" in body(answer)
    act_as(Kind.JOB)
    assert Reservation.objects.order_by("pk")[0].arrives_on == old


def test_a_day_that_is_over_is_refused_kindly(client: Client, code: str) -> None:
    past = today() - timedelta(days=2)
    answer = client.post(f"/i/{code}/arrival/", three("arrives_on", past))
    assert answer.status_code == 422
    assert "This day is over" in body(answer)


def test_who_has_arrived_changes_nothing_here(client: Client, code: str) -> None:
    act_as(Kind.JOB)
    Reservation.objects.update(state="arrived")
    for part in ("arrival", "cancel"):
        assert client.get(f"/i/{code}/{part}/").status_code == 302
    client.post(f"/i/{code}/cancel/")
    act_as(Kind.JOB)
    assert Reservation.objects.get().state == "arrived"


def test_a_freed_bed_is_offered_and_taken_with_the_code(
    client: Client, code: str
) -> None:
    second = book(Client())
    client.post(f"/i/{code}/cancel/")
    page = body(client.get(f"/i/{second}/"))
    assert "A place is offered to you" in page
    taken = client.post(f"/i/{second}/take/", follow=True)
    assert "Your place is booked" in body(taken)
    assert stay().reservation.state == "booked"


def test_an_offer_that_has_ended_is_told(client: Client, code: str) -> None:
    second = book(Client())
    client.post(f"/i/{code}/cancel/")
    act_as(Kind.JOB)
    Reservation.objects.filter(state="held").update(held_until=now())
    answer = client.post(f"/i/{second}/take/")
    assert answer.status_code == 409
    assert "This offer has ended" in body(answer)


def ask(client: Client, code: str) -> str:
    """Ask for the six digits; return what the page says."""
    page = client.post(f"/i/{code}/confirm/code/", follow=True)
    run_waiting()
    return body(page)


def test_six_digits_from_the_phone_on_record_bind_the_person(
    client: Client, code: str
) -> None:
    assert "If the village has a phone on record" in ask(client, code)
    assert not stay().bound
    wrong = client.post(f"/i/{code}/confirm/", {"digits": another(code_sent())})
    assert wrong.status_code == 422
    right = client.post(f"/i/{code}/confirm/", {"digits": code_sent()}, follow=True)
    assert "The booking is confirmed" in body(right)
    assert stay().bound
    assert stay().person is not None
    assert "Is this booking yours?" not in body(client.get(f"/i/{code}/"))


def test_a_stranger_gets_the_same_answer_and_no_message(client: Client) -> None:
    code = book(english(client))
    assert "If the village has a phone on record" in ask(client, code)
    assert not Message.objects.filter(template="code").exists()
    answer = client.post(f"/i/{code}/confirm/", {"digits": "123456"})
    assert answer.status_code == 422
    assert not stay().bound


def test_who_is_bound_elsewhere_is_not_told_so(client: Client, code: str) -> None:
    ask(client, code)
    client.post(f"/i/{code}/confirm/", {"digits": code_sent()})
    a_house("Rumah Singgah", beds=2)
    second = book(english(client), guest1=person(number=population.WAYAN_NIK))
    ask(client, second)
    answer = client.post(f"/i/{second}/confirm/", {"digits": code_sent()})
    assert answer.status_code == 409
    assert "cannot be confirmed here" in body(answer)
    assert "already" not in body(answer)
    assert not stay().bound


def test_three_codes_an_hour_are_enough(client: Client, code: str) -> None:
    for _time in range(3):
        ask(client, code)
    answer = client.post(f"/i/{code}/confirm/code/")
    assert answer.status_code == 429
    assert "wait an hour" in body(answer)


def test_many_bookings_in_one_name_are_not_many_messages(client: Client) -> None:
    population.wayan()
    a_house("Gedung", beds=12)
    for _booking in range(8):
        ask(client, book(client, guest1=person(number=population.WAYAN_NIK)))
    assert Message.objects.filter(template="code").count() == 6


def test_a_made_up_code_opens_no_page(client: Client) -> None:
    for part in ("", "slip/", "slip.pdf", "cancel/", "arrival/", "confirm/"):
        assert client.get(f"/i/{new_code()}/{part}").status_code == 404


def test_the_code_of_a_booking_works_at_the_other_door(
    client: Client, code: str
) -> None:
    page = client.post("/t/", {"code": code}, follow=True)
    assert page.redirect_chain[-1][0] == f"/i/{code}/"


def test_the_pass_comes_as_pdf_too(client: Client, code: str) -> None:
    paper = client.get(f"/i/{code}/slip.pdf")
    assert paper.content.startswith(b"%PDF-")


def test_back_after_sending_says_that_it_was_sent(client: Client) -> None:
    review = fill(english(client))
    where = review.redirect_chain[-1][0]
    send(client, review)
    assert "This booking was sent" in body(client.get(where))
