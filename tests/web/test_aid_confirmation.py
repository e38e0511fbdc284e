"""The family's page and what the kecamatan makes of it."""

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.aid.confirmation.actions import (
    CannotPrintSlip,
    answer_confirmation,
    print_slip,
)
from smartkampung.aid.confirmation.rules import Answer
from smartkampung.aid.models import Confirmation
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.models import Message
from tests import cases, cast, population

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
REPORT, GAPS = "/staff/aid/confirmations/", "/staff/aid/confirmations/gaps/"


def enter(username: str) -> Client:
    """Sign somebody of the desk in, reading English."""
    client = cast.english(Client())
    return cast.sign_in(client, Staff.objects.get(username=username))


def page_of_the_family() -> str:
    """Have Sari hand over Wayan's food; return where the message leads."""
    desk = cases.desk()
    cases.call(cases.at_the_counter(desk), desk.sari)
    secret = Message.objects.get(template="confirm").secret
    assert secret is not None
    return f"/c/{secret.open()}/"


def stored() -> Confirmation:
    """Return the row as it is now."""
    act_as(Kind.JOB)
    return Confirmation.objects.get()


def test_a_family_tells_that_it_got_less_and_the_kecamatan_looks_at_it() -> None:
    url = page_of_the_family()
    family = cast.english(Client())
    shown = family.get(url).content.decode()
    assert "Handed to your family on" in shown
    assert "Wayan" not in shown
    assert population.WAYAN_NIK not in shown

    said = family.post(url, {"answer": "less", "words": "No oil."}, follow=True)
    assert "looks at it within five days" in said.content.decode()

    endang, pk = enter("endang"), stored().pk
    board = endang.get("/staff/").content.decode()
    assert "Look at a gap that a family told" in board
    assert "No oil." in endang.get(f"{GAPS}{pk}/").content.decode()
    empty = endang.post(f"{GAPS}{pk}/", {"finding": ""})
    assert empty.status_code == 422
    done = endang.post(f"{GAPS}{pk}/", {"finding": "One bottle missing."}, follow=True)
    assert "looked at" in done.content.decode()
    again = endang.post(f"{GAPS}{pk}/", {"finding": "Again."})
    assert again.status_code == 409
    assert "has looked at it on" in family.get(url).content.decode()


def test_the_village_that_recorded_it_finds_nothing() -> None:
    url = page_of_the_family()
    Client().post(url, {"answer": "nothing"})
    sari = enter("sari")
    assert sari.get(REPORT).status_code == 403
    assert sari.get(f"{GAPS}{stored().pk}/").status_code == 403
    assert "gap" not in sari.get("/staff/?show=others").content.decode()


def test_a_wrong_answer_or_code_is_said_kindly() -> None:
    url = page_of_the_family()
    family = cast.english(Client())
    assert family.post(url, {}).status_code == 422
    assert family.post(url, {"answer": "wrong"}).status_code == 422
    nik = {"answer": "less", "words": population.WAYAN_NIK}
    assert family.post(url, nik).status_code == 422
    assert stored().answer == ""
    assert family.get("/c/AAAA-BBBB-CCCC/").status_code == 404
    unknown = family.post("/c/", {"code": "AAAA-BBBB-CCCC"})
    assert "We know no hand-over with this code" in unknown.content.decode()
    found = family.post("/c/", {"code": url.split("/")[2].lower()})
    assert found.headers["Location"] == url


def test_the_report_is_drawn_and_tabled() -> None:
    page_of_the_family()
    shown = enter("endang").get(f"{REPORT}?in={cast.HERE}").content.decode()
    assert "No answer yet" in shown
    assert "hidden, because it is about fewer than 5 people" in shown
    assert enter("endang").get(f"{REPORT}?in={cast.FAR_AWAY}").status_code == 404


def test_a_family_without_a_phone_gets_a_slip_from_the_kecamatan() -> None:
    desk = cases.desk()
    silent = population.person("Nengah Sujana", "3510091505900012")
    due = cases.at_the_counter(desk, silent)
    cases.call(due, desk.sari)
    row = stored()
    assert row.numbers_told == 0
    endang, url = enter("endang"), f"{REPORT}slips/"
    assert due.person.name in endang.get(url).content.decode()
    first = bytes(row.code_hash)
    printed = endang.post(f"{url}{row.pk}/")
    assert printed.content.startswith(b"%PDF")
    assert bytes(stored().code_hash) != first
    assert enter("sari").post(f"{url}{row.pk}/").status_code == 403
    answer_confirmation(confirmation=stored(), answer=Answer.FULL, at=now())
    assert endang.post(f"{url}{row.pk}/").status_code == 404
    assert "No slip to print" in endang.get(url).content.decode()


def test_no_slip_is_printed_by_who_recorded_or_where_a_message_went() -> None:
    desk = cases.desk()
    cases.call(cases.at_the_counter(desk), desk.endang)
    with pytest.raises(CannotPrintSlip):
        print_slip(confirmation=stored(), by=desk.bambang, at=now())
    Confirmation.objects.update(numbers_told=0)
    with pytest.raises(CannotPrintSlip):
        print_slip(confirmation=stored(), by=desk.endang, at=now())
    assert print_slip(confirmation=stored(), by=desk.bambang, at=now())
