"""Batches and the counter on staff pages."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.actions.batch import add_dues
from smartkampung.aid.models import Batch, Entitlement, Handover
from smartkampung.audit.models import Access
from smartkampung.kernel.clock import today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.models import Message
from smartkampung.residents.models import Family, Person
from smartkampung.web.aid_staff import batches
from tests import cases, cast, population
from tests.pictures import jpeg

pytestmark = pytest.mark.django_db
BATCHES = "/staff/aid/batches/"


def enter(username: str) -> Client:
    """Sign somebody of the desk in, reading English."""
    client = cast.english(Client())
    return cast.sign_in(client, Staff.objects.get(username=username))


def body(answer: Any) -> str:
    """Return the words of a page."""
    text: str = answer.content.decode()
    return text


def new_batch(**changes: Any) -> dict[str, Any]:
    """Fill in the form of a batch."""
    return {
        "programme": cases.FOOD,
        "kecamatan": cast.KECAMATAN,
        "stage": "1",
        "hand_over_on": today().isoformat(),
        "place": "Balai desa, 08.00",
        **changes,
    }


# -- batches ------------------------------------------------------------------


def test_a_batch_from_nothing_to_announced() -> None:
    desk = cases.desk()
    due = cases.approved(desk)
    endang = enter("endang")
    assert "No batches yet" in body(endang.get(BATCHES))
    page = endang.post(BATCHES + "new/", new_batch())["Location"]
    assert "I Wayan Sudarma" in body(endang.get(page))
    assert endang.post(page + "ready/").status_code == 409
    text = body(endang.post(page + "add/", {"due": [due.pk]}, follow=True))
    assert "Added: 1." in text
    text = body(endang.post(page + "ready/", follow=True))
    assert "Ready for hand-over" in text
    assert "0 of 1 received" in body(endang.get(BATCHES))


def test_a_wrong_day_is_changed_on_the_page_and_an_empty_batch_deleted() -> None:
    cases.desk()
    endang = enter("endang")
    page = endang.post(BATCHES + "new/", new_batch())["Location"]
    assert "Change day or place" in body(endang.get(page))
    later_day = (today() + timedelta(days=5)).isoformat()
    plan = {"hand_over_on": later_day, "place": "Pasar Lereng"}
    text = body(endang.post(page + "move/", plan, follow=True))
    assert "Pasar Lereng" in text
    wrong = endang.post(page + "move/", {**plan, "hand_over_on": "31-31-2026"})
    assert wrong.status_code == 409
    assert "Write the day as day-month-year" in body(wrong)
    text = body(endang.post(page + "discard/", follow=True))
    assert "The empty batch is deleted" in text
    assert "No batches yet" in text


def test_recipients_are_taken_out_of_a_draft_and_put_back() -> None:
    desk = cases.desk()
    due = cases.approved(desk)
    page = f"{BATCHES}{cases.draft(desk).pk}/"
    endang = enter("endang")
    endang.post(page + "add/", {"due": [due.pk]})
    assert "Nothing approved waits" in body(endang.get(page))
    text = body(endang.post(page + "remove/", {"due": [due.pk]}, follow=True))
    assert "Taken out: 1." in text
    assert "Nobody yet." in text
    text = body(endang.post(page + "add/", {"due": [due.pk]}, follow=True))
    assert "Added: 1." in text


@pytest.mark.parametrize("change", ["add", "remove"])
@pytest.mark.parametrize("ticked", [[], ["x"], ["²"]], ids=["none", "x", "superscript"])
def test_ticking_nobody_says_so(change: str, ticked: list[str]) -> None:
    desk = cases.desk()
    page = f"{BATCHES}{cases.draft(desk).pk}/"
    answer = enter("endang").post(f"{page}{change}/", {"due": ticked})
    assert answer.status_code == 409
    assert "Choose at least one recipient." in body(answer)


def test_a_village_officer_takes_nobody_out() -> None:
    desk = cases.desk()
    due = cases.approved(desk)
    batch = cases.draft(desk)
    add_dues(batch=batch, due_ids=[due.pk], by=desk.endang, at=cases.NOW)
    page = f"{BATCHES}{batch.pk}/"
    sari = enter("sari")
    assert sari.post(page + "remove/", {"due": [due.pk]}).status_code == 403
    assert "Take the ticked out" not in body(sari.get(page))


def test_many_who_wait_are_offered_page_by_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batches, "PAGE_SIZE", 1)
    desk = cases.desk()
    cases.approved(desk)
    cases.approved(desk, population.person("Komang", "3510095505900001"))
    page = f"{BATCHES}{cases.draft(desk).pk}/"
    endang = enter("endang")
    first = body(endang.get(page))
    second = body(endang.get(page + "?waiting=2"))
    assert "Approved and waiting (2)" in first
    assert "Wayan" in first
    assert "Komang" not in first
    assert "Komang" in second
    assert "Wayan" not in second


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("hand_over_on", "31-02-2026", "day-month-year"),
        ("hand_over_on", "2020-01-01", "The hand-over date has passed."),
        ("stage", "0", "greater than or equal to 1"),
        ("kecamatan", cast.OTHER_KECAMATAN, "not one of the available choices"),
        ("programme", "nothing", "not one of the available choices"),
    ],
)
def test_a_wrong_batch_form_says_what_to_mend(
    field: str, value: str, words: str
) -> None:
    cases.desk()
    answer = enter("endang").post(BATCHES + "new/", new_batch(**{field: value}))
    assert answer.status_code in {409, 422}
    assert words in body(answer)
    assert "Balai desa, 08.00" in body(answer)
    assert not Batch.objects.exists()


def test_a_second_batch_of_a_stage_is_refused() -> None:
    cases.draft(cases.desk())
    answer = enter("endang").post(BATCHES + "new/", new_batch())
    assert answer.status_code == 409
    assert "This stage already has a batch." in body(answer)


def test_closing_tells_how_many_were_not_reached() -> None:
    desk = cases.desk()
    batch = cases.announced(desk, cases.approved(desk))
    text = body(enter("endang").post(f"{BATCHES}{batch.pk}/close/", follow=True))
    assert "Closed. Not reached: 1." in text


def test_the_village_sees_its_own_recipients_only() -> None:
    desk = cases.desk()
    here = cases.approved(desk)
    there = population.person(
        "Komang", "3510095505900001", region=population.RT_NEXT_DOOR
    )
    claim = cases.claim_of(there)
    cases.visit(claim, cases.rights(cast.budi()))
    cases.approve(claim, desk.endang)
    batch = cases.announced(desk, here, cases.due_of(claim))
    page = f"{BATCHES}{batch.pk}/"
    text = body(enter("sari").get(page))
    assert "Wayan" in text
    assert "Komang" not in text
    assert {look.person_id for look in Access.objects.all()} == {here.person_id}
    text = body(enter("endang").get(page))
    assert "Wayan" in text
    assert "Komang" in text


def test_a_batch_page_costs_the_same_whatever_its_length() -> None:
    desk = cases.desk()
    batch = cases.draft(desk)
    endang = enter("endang")

    def cost(number: int) -> int:
        act_as(Kind.JOB)
        due = cases.approved(
            desk, population.person(f"Warga {number}", f"35100912048502{number}")
        )
        add_dues(batch=batch, due_ids=[due.pk], by=desk.endang, at=cases.NOW)
        endang.get(f"{BATCHES}{batch.pk}/")
        with CaptureQueriesContext(connection) as asked:
            endang.get(f"{BATCHES}{batch.pk}/")
        return len(asked)

    first = cost(10)
    assert [cost(number) for number in range(11, 14)] == [first] * 3
    assert first <= 16


# -- the counter --------------------------------------------------------------


def counter() -> tuple[cases.Desk, Entitlement, str]:
    """Return the desk, what Wayan is due, and the address of his hand-over."""
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    return desk, due, f"/staff/aid/dues/{due.pk}/"


def note(**changes: Any) -> dict[str, Any]:
    """Fill in the hand-over form."""
    return {"form_id": str(uuid.uuid4()), "outcome": "received", **changes}


def test_the_recipient_confirms_with_their_own_code() -> None:
    _desk, due, page = counter()
    sari = enter("sari")
    text = body(sari.post(page + "code/", follow=True))
    assert "A code was sent to the phone recorded for the family." in text
    secret = Message.objects.get(template="receipt_code").secret
    assert secret is not None
    code = secret.open()
    assert code not in text
    typed = f" {code[:3]} {code[3:]}"
    form = note(proof="one_time_code", code=typed)
    text = body(sari.post(page + "hand-over/", form, follow=True))
    assert "The hand-over is noted." in text
    act_as(Kind.JOB)
    assert Handover.objects.get().proof == "one_time_code"
    assert "already recorded" in body(sari.get(page + "hand-over/"))
    assert cases.state_of(due.claim) == "handed_over"


def test_a_signature_and_a_photo_prove_it_too() -> None:
    _desk, _due, page = counter()
    form = note(proof="signature", signature=jpeg(), photo=jpeg())
    assert enter("sari").post(page + "hand-over/", form).status_code == 302
    act_as(Kind.JOB)
    row = Handover.objects.get()
    assert row.signature_id
    assert row.photo_id


def test_pictures_stay_when_another_answer_is_wrong() -> None:
    _desk, _due, page = counter()
    sari = enter("sari")
    form = note(proof="signature", outcome="")
    sent = {**form, "signature": jpeg(), "photo": jpeg()}
    wrong = sari.post(page + "hand-over/", sent)
    assert wrong.status_code == 422
    kept = dict(re.findall(r'name="(\w+_kept)" value="([^"]+)"', body(wrong)))
    mended = {**form, "outcome": "received", **kept}
    assert sari.post(page + "hand-over/", mended).status_code == 302
    act_as(Kind.JOB)
    row = Handover.objects.get()
    assert row.signature_id
    assert row.photo_id
    assert row.signature_id != row.photo_id


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"outcome": ""}, "Choose what happened."),
        ({}, "Choose how the recipient confirms."),
        ({"proof": "one_time_code"}, "Write the code that the recipient tells you."),
        ({"proof": "signature"}, "Add a picture of the signature"),
        ({"outcome": "partial", "proof": "one_time_code", "code": "1"}, "how much"),
        ({"proof": "one_time_code", "code": "000000"}, "The code is wrong or too old."),
        ({"form_id": ""}, "This form was broken on the way."),
    ],
)
def test_what_is_wrong_at_the_counter_is_named(
    form: dict[str, Any], words: str
) -> None:
    _desk, due, page = counter()
    answer = enter("sari").post(page + "hand-over/", note(note="Hujan.", **form))
    assert answer.status_code in {409, 422}
    assert words in body(answer)
    assert "Hujan." in body(answer)
    act_as(Kind.JOB)
    assert cases.state_of(due.claim) == "approved"


def test_who_has_died_is_shown_before_anything_is_handed_over() -> None:
    _desk, due, page = counter()
    Person.objects.filter(pk=due.person_id).update(status="dead")
    sari = enter("sari")
    assert "Do not hand over" in body(sari.get(page + "hand-over/"))
    form = note(proof="signature", signature=jpeg(), photo=jpeg())
    answer = sari.post(page + "hand-over/", form)
    assert answer.status_code == 409
    assert "this person has died" in body(answer)
    assert sari.post(page + "give-back/", {"note": ""}).status_code == 422


def test_without_a_phone_a_signature_is_asked_for() -> None:
    _desk, _due, page = counter()
    Family.objects.update(phone=None)
    sari = enter("sari")
    assert "Send the code" not in body(sari.get(page + "hand-over/"))
    answer = sari.post(page + "code/")
    assert answer.status_code == 409
    assert "No phone is recorded" in body(answer)


def test_work_leads_to_the_batch() -> None:
    desk = cases.desk()
    due = cases.approved(desk)
    endang = enter("endang")
    page = f"/staff/aid/dues/{due.pk}/"
    assert endang.get(page)["Location"] == BATCHES
    batch = cases.draft(desk)
    add_dues(batch=batch, due_ids=[due.pk], by=desk.endang, at=cases.NOW)
    assert endang.get(page)["Location"] == f"{BATCHES}{batch.pk}/"


def test_a_look_at_the_counter_is_logged() -> None:
    _desk, due, page = counter()
    text = body(enter("sari").get(page + "hand-over/"))
    assert population.WAYAN_NIK not in text
    look = Access.objects.get()
    assert (look.person_id, look.purpose) == (due.person_id, "aid.hand_over")


def test_an_rt_head_hands_nothing_over() -> None:
    _desk, _due, page = counter()
    assert enter("made").get(page + "hand-over/").status_code == 403


# -- programmes ---------------------------------------------------------------


def test_programmes_show_where_the_money_is() -> None:
    desk = cases.desk(budget=7)
    cases.approved(desk)
    cast.staff("dewi", Role.DINSOS, cast.REGENCY)
    dewi = enter("dewi")
    text = body(dewi.get("/staff/aid/programmes/"))
    assert "Regency food pack" in text
    assert "6 food packs" in text
    assert "1 food pack<" in text
    assert "Permendesa PDTT 6/2020" in text
    text = body(dewi.get("/staff/aid/conflicts/"))
    assert "not together" in text
    assert "(pregnancy)" in text


def test_programmes_and_rules_read_in_the_language_of_the_reader() -> None:
    cases.desk()
    english = enter("endang")
    indonesian = cast.sign_in(Client(), Staff.objects.get(username="endang"))
    spoken = {
        "conflicts": (
            "No rule was found; the officer has to judge",
            "Aturan tidak ditemukan; petugas harus menilai",
        ),
        "programmes": ("10 kg of rice", "10 kg beras"),
    }
    for page, (words, kata) in spoken.items():
        text = body(english.get(f"/staff/aid/{page}/"))
        assert words in text
        assert kata not in text
        text = body(indonesian.get(f"/staff/aid/{page}/"))
        assert kata in text
        assert words not in text


def test_a_recipient_of_a_large_number_can_be_ticked() -> None:
    desk = cases.desk()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('aid_entitlement', 'id'), 123456)"
        )
    due = cases.approved(desk)
    page = enter("endang").get(f"{BATCHES}{cases.draft(desk).pk}/")
    assert due.pk > 123_456
    assert f'value="{due.pk}"' in body(page)
