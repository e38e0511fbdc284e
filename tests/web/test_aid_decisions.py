"""The forms of the doorstep, the desk and the objection: shape, kindness, no loss."""

import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.actions.objection import file_objection
from smartkampung.aid.models import Claim, Decision, FieldCheck, Objection
from smartkampung.aid.queries.programmes import questions
from smartkampung.intake.models import Upload
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.models import Person
from tests import cases, cast, population
from tests.pictures import jpeg

pytestmark = pytest.mark.django_db
Page = Any


def enter(username: str) -> Client:
    """Sign somebody of the desk in, reading English."""
    client = cast.english(Client())
    return cast.sign_in(client, Staff.objects.get(username=username))


def answers(value: str = "yes", **changes: Any) -> dict[str, Any]:
    """Fill in the visit form."""
    asked = {f"q_{question.code}": value for question in questions()}
    given = {
        "form_id": str(uuid.uuid4()),
        "recommends": "yes",
        "programme": cases.FOOD,
        "notes": "Rumah bambu.",
    }
    return {**asked, **given, **changes}


def body(answer: Page) -> str:
    """Return the words of a page."""
    text: str = answer.content.decode()
    return text


# -- the doorstep -------------------------------------------------------------


def visited() -> tuple[cases.Desk, Claim, str]:
    """Return the desk, Wayan's claim and the address of its visit form."""
    desk = cases.desk()
    claim = cases.claim_of(population.wayan())
    return desk, claim, f"/staff/aid/claims/{claim.pk}/visit/"


def carried(page: Page, name: str) -> dict[str, str]:
    """Return the hidden field by which a form carries a photo."""
    found = re.search(rf'name="{name}_kept" value="([^"]+)"', body(page))
    assert found, body(page)
    return {f"{name}_kept": found[1]}


def test_a_photo_stays_when_another_answer_is_wrong() -> None:
    _desk, _claim, page = visited()
    sari = enter("sari")
    form = answers(recommends="")
    wrong = sari.post(page, {**form, "photo": jpeg()})
    assert wrong.status_code == 422
    assert "Photo kept. Choose another to replace it." in body(wrong)
    mended = {**form, "recommends": "yes", **carried(wrong, "photo")}
    assert sari.post(page, mended).status_code == 302
    act_as(Kind.JOB)
    assert FieldCheck.objects.get().photo == Upload.objects.get()


def test_a_photo_of_another_form_is_not_carried() -> None:
    _desk, _claim, page = visited()
    sari = enter("sari")
    wrong = sari.post(page, answers(recommends="", photo=jpeg()))
    assert sari.post(page, answers(**carried(wrong, "photo"))).status_code == 302
    act_as(Kind.JOB)
    assert FieldCheck.objects.get().photo is None


def test_a_bad_photo_is_named_beside_the_other_mistakes() -> None:
    _desk, _claim, page = visited()
    program = SimpleUploadedFile("rumah.jpg", b"MZ" + bytes(500), "image/jpeg")
    text = body(enter("sari").post(page, answers(recommends="", photo=program)))
    assert "This file is not a photo that we can read." in text
    assert "Answer yes or no." in text


def test_the_doorstep_form_asks_every_criterion_and_carries_its_own_id() -> None:
    _desk, _claim, page = visited()
    text = body(enter("sari").get(page))
    assert text.count("<legend>") == len(questions()) + 1
    assert re.search(r'name="form_id" value="[0-9a-f-]{36}"', text)


def test_a_visit_is_saved_once_however_often_it_is_sent() -> None:
    _desk, claim, page = visited()
    sari, form = enter("sari"), answers()
    for _ in range(2):
        assert sari.post(page, form).status_code == 302
    act_as(Kind.JOB)
    check = FieldCheck.objects.get()
    assert (check.notes, check.programme_id) == ("Rumah bambu.", cases.FOOD)
    assert cases.state_of(claim) == "to_decide"


def test_what_is_missing_is_named_and_nothing_typed_is_lost() -> None:
    _desk, claim, page = visited()
    form = answers(programme="")
    del form["q_meat"]
    answer = enter("sari").post(page, form)
    text = body(answer)
    assert answer.status_code == 422
    assert "Answer yes or no." in text
    assert "Choose the programme that you recommend." in text
    assert "Rumah bambu." in text
    assert form["form_id"] in text
    assert text.count("checked") == len(questions())
    act_as(Kind.JOB)
    assert cases.state_of(claim) == "to_check"


@pytest.mark.parametrize("form_id", ["", "nonsense"])
def test_a_broken_form_is_told_kindly(form_id: str) -> None:
    _desk, _claim, page = visited()
    answer = enter("sari").post(page, answers(form_id=form_id))
    assert answer.status_code == 422
    assert "This form was broken on the way." in body(answer)


def test_a_photo_is_kept_and_shown_to_who_may_see_the_claim() -> None:
    _desk, claim, page = visited()
    sari = enter("sari")
    assert sari.post(page, answers(photo=jpeg())).status_code == 302
    act_as(Kind.JOB)
    photo = Upload.objects.get()
    address = f"/staff/aid/claims/{claim.pk}/photos/{photo.pk}/"
    assert address in body(enter("endang").get(f"/staff/aid/claims/{claim.pk}/"))
    answer = enter("endang").get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    stranger = f"/staff/aid/claims/{claim.pk}/photos/{uuid.uuid4()}/"
    assert enter("endang").get(stranger).status_code == 404


def test_a_file_that_is_no_photo_is_the_photos_error() -> None:
    _desk, _claim, page = visited()
    fake = jpeg()
    fake.write(b"MZ this is a program")
    fake.seek(0)
    answer = enter("sari").post(page, answers(photo=fake))
    assert answer.status_code == 422
    assert "not a photo that we can read" in body(answer)
    assert "Rumah bambu." in body(answer)


def test_a_visited_claim_says_so_instead_of_asking_again() -> None:
    desk, claim, page = visited()
    cases.visit(claim, desk.made)
    sari = enter("sari")
    assert "does not wait for a field check" in body(sari.get(page))
    answer = sari.post(page, answers())
    assert answer.status_code == 409
    assert "Rumah bambu." in body(answer)


def test_kin_is_told_that_somebody_else_visits_too() -> None:
    _desk, _claim, page = visited()
    answer = enter("sari").post(page, answers(kin_declared="on"), follow=True)
    assert "somebody else visits too" in body(answer)


# -- the desk -----------------------------------------------------------------


def to_decide(person: Person | None = None) -> tuple[Claim, str]:
    """Return a claim that waits for Endang, and the address of the decision."""
    desk = cases.desk()
    claim = cases.claim_of(person or population.wayan())
    cases.visit(claim, desk.sari)
    return claim, f"/staff/aid/claims/{claim.pk}/decide/"


def yes(code: str = cases.FOOD) -> dict[str, str]:
    """Fill in the approval."""
    return {"decision": "approve", "yes-programme": code, "yes-note": "Layak."}


def test_the_desk_shows_what_is_left_and_what_the_visit_advised() -> None:
    _claim, page = to_decide()
    text = body(enter("endang").get(page))
    assert "100 food packs" in text
    assert "The budget of this programme is used up." in text
    assert re.search(rf'value="{cases.FOOD}"[^>]*checked', text)
    assert re.search(r'value="blt_dd"[^>]*disabled', text)


def test_endang_approves() -> None:
    claim, page = to_decide()
    assert enter("endang").post(page, yes()).status_code == 302
    act_as(Kind.JOB)
    assert cases.state_of(claim) == "approved"
    assert Decision.objects.get().note == "Layak."


def test_a_red_light_refuses_whatever_the_browser_sends() -> None:
    claim, page = to_decide()
    assert claim.person is not None
    cases.listed(claim.person, "pkh")
    endang = enter("endang")
    assert re.search(rf'value="{cases.FOOD}"[^>]*disabled', body(endang.get(page)))
    answer = endang.post(page, yes())
    assert answer.status_code == 409
    assert "already receives aid that cannot be combined" in body(answer)
    assert "Layak." in body(answer)
    act_as(Kind.JOB)
    assert not Decision.objects.exists()


def test_reasons_that_the_system_sees_are_ticked_already() -> None:
    claim, page = to_decide()
    Person.objects.filter(claims=claim).update(status="dead")
    text = body(enter("endang").get(page))
    assert re.search(r'value="dead"[^>]*checked', text)
    assert text.index('value="dead"') < text.index('value="other"')


def test_a_refusal_without_a_reason_is_named() -> None:
    _claim, page = to_decide()
    answer = enter("endang").post(page, {"decision": "refuse", "no-note": "Maaf."})
    assert answer.status_code == 422
    assert "Choose at least one reason." in body(answer)
    assert "Maaf." in body(answer)


def test_another_reason_needs_words() -> None:
    _claim, page = to_decide()
    form = {"decision": "refuse", "no-reasons": ["other"]}
    answer = enter("endang").post(page, form)
    assert answer.status_code == 409
    assert "Write the other reason in the note." in body(answer)


def test_who_visited_is_told_that_somebody_else_decides() -> None:
    desk = cases.desk()
    claim = cases.claim_of(population.wayan())
    cases.visit(claim, desk.endang)
    page = f"/staff/aid/claims/{claim.pk}/decide/"
    endang = enter("endang")
    assert "You visited this family yourself" in body(endang.get(page))
    assert endang.post(page, yes()).status_code == 409


def test_an_rt_head_does_not_decide() -> None:
    _claim, page = to_decide()
    assert enter("made").get(page).status_code == 403


# -- the objection ------------------------------------------------------------


def test_sari_writes_down_an_objection_for_wayan() -> None:
    claim = cases.refused(cases.desk())
    page = f"/staff/aid/claims/{claim.pk}/object/"
    sari = enter("sari")
    assert sari.post(page, {"text": ""}).status_code == 422
    assert sari.post(page, {"text": "Kami ada di rumah."}).status_code == 302
    assert sari.post(page, {"text": "Sekali lagi."}).status_code == 409
    act_as(Kind.JOB)
    assert Objection.objects.get().text == "Kami ada di rumah."


def test_an_objection_is_answered_by_another_officer() -> None:
    claim = cases.refused(cases.desk())
    row = file_objection(claim=claim, text="Keliru.", by="public", at=cases.NOW)
    page = f"/staff/aid/objections/{row.pk}/"
    form = {"upheld": "no", "answer": "Alamatnya kosong dua kali."}
    answer = enter("endang").post(page, form)
    assert answer.status_code == 409
    assert "You refused this claim" in body(answer)
    assert "Alamatnya kosong" in body(answer)
    bambang = enter("bambang")
    assert "Keliru." in body(bambang.get(page))
    assert bambang.post(page, {"upheld": "no"}).status_code == 422
    assert bambang.post(page, form).status_code == 302
    assert "already answered" in body(bambang.get(page))
    text = body(enter("sari").get(f"/staff/aid/claims/{claim.pk}/"))
    assert "The refusal stands" in text


def test_dinsos_answers_an_objection_and_decides_what_it_reopened() -> None:
    desk = cases.desk()
    cast.staff("dian", Role.DINSOS, cast.REGENCY)
    claim = cases.refused(desk)
    row = file_objection(claim=claim, text="Keliru.", by="public", at=cases.NOW)
    dian = enter("dian")
    assert "Answer an objection" in body(dian.get("/staff/"))
    form = {"upheld": "yes", "answer": "Kami kunjungi lagi."}
    answer = dian.post(f"/staff/aid/objections/{row.pk}/", form, follow=True)
    assert "The objection is answered." in body(answer)
    act_as(Kind.JOB)
    cases.visit(claim, desk.made)
    case = body(dian.get(f"/staff/aid/claims/{claim.pk}/"))
    again = f"/staff/aid/claims/{claim.pk}/decide-again/"
    assert f'href="{again}"' in case
    answer = dian.post(
        again, {"decision": "approve", "yes-programme": cases.FOOD}, follow=True
    )
    assert "Approved. The aid now waits for a batch." in body(answer)


def test_dinsos_decides_nothing_that_no_objection_reopened() -> None:
    claim, page = to_decide()
    cast.staff("dian", Role.DINSOS, cast.REGENCY)
    dian = enter("dian")
    assert dian.get(page).status_code == 403
    assert dian.get(f"{page.removesuffix('/')}-again/").status_code == 404
    assert "/decide" not in body(dian.get(f"/staff/aid/claims/{claim.pk}/"))
