"""Letters about refusals, objections and grievances, and objecting with a letter's code."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from smartkampung.accounts.models import Staff
from smartkampung.aid.grievances.rules import Kind, State
from smartkampung.aid.models import Claim, Objection, TargetingError
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from tests import cases, cast, grievances
from tests.web import outcomes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]


@pytest.fixture
def tuesday() -> Iterator[None]:
    """Let pages be opened on the day on which the cast acts."""
    with time_machine.travel(cases.NOW, tick=True):
        yield


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    account = Staff.objects.get(username=username)
    return cast.sign_in(cast.english(Client()), account)


def text_of(answer: HttpResponse | Any) -> str:
    """Return the words of a PDF on one line."""
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def proof_of(text: str) -> str:
    """Return what the page says to which a letter leads."""
    found = re.search(r"/letters/answers/([^ ]+/)", text)
    assert found is not None
    page = cast.english(Client()).get(f"/letters/answers/{found[1]}")
    return page.content.decode()


def refusal() -> tuple[Claim, str, str]:
    """Refuse Wayan; return the claim, and number and code from the printed letter."""
    claim = cases.refused(cases.desk())
    pk = claim.decisions.get().pk
    letter = enter("sari").get(f"/staff/rules/letters/{pk}/letter.pdf")
    found = re.search(r"(\d+) · ((?:\w{4}-){2}\w{4})", text_of(letter))
    assert found is not None
    return claim, found[1], found[2]


def test_who_holds_the_letter_of_a_refusal_objects_and_reads_the_answer() -> None:
    claim, number, code = refusal()
    somebody = cast.english(Client())
    typed = {"number": number, "code": code.lower().replace("-", " ")}
    here = somebody.post("/appeal/", typed).headers["Location"]
    half = somebody.post(here, {"text": "Saya <b>", "language": "id"})
    assert (
        "Saya &lt;b&gt;" in half.content.decode()
    )  # the language keeps what was typed
    assert half["Content-Language"] == "id"
    somebody.post(here, {"text": "x", "language": "en"})
    page = somebody.get(here).content.decode()
    assert "File the objection" in page
    assert "Wayan" not in page
    assert somebody.post(here, {"text": ""}).status_code == 422
    assert somebody.post(here, {"text": "We live here."}).status_code == 302
    assert somebody.post(here, {"text": "Again."}).status_code == 409
    assert "within five days" in somebody.get(here).content.decode()
    assert somebody.get(f"{here}letter.pdf").status_code == 404

    act_as(Acting.JOB)
    pk = Objection.objects.get(claim=claim).pk
    bambang = enter("bambang")
    end = {"upheld": "yes", "answer": "We come once more."}
    assert bambang.post(f"/staff/aid/objections/{pk}/", end).status_code == 302
    assert "We come once more." in somebody.get(here).content.decode()
    own = text_of(somebody.get(f"{here}letter.pdf"))
    printed = text_of(bambang.get(f"/staff/grievances/objections/{pk}/letter.pdf"))
    assert "Accepted" in own
    assert "Wayan" not in own
    assert "Wayan" in printed
    assert "Accepted" in proof_of(printed)
    act_as(Acting.JOB)
    error = TargetingError.objects.get()
    assert (error.kind, error.source) == ("exclusion", f"aid.objection:{pk}")


def test_a_wrong_code_opens_nothing_and_says_so() -> None:
    _claim, number, code = refusal()
    somebody = cast.english(Client())
    other = code.translate(str.maketrans("0123", "1230"))
    other = other if other != code else "AAAA-BBBB-CCCC"
    for typed in (
        {"number": number, "code": other},
        {"number": str(int(number) + 1), "code": code},
    ):
        answer = somebody.post("/appeal/", typed)
        assert answer.status_code == 422
        assert "We know no refusal" in answer.content.decode()
        url = f"/appeal/{typed['number']}/{typed['code']}/"
        assert somebody.get(url).status_code == 404
    assert somebody.post("/appeal/", {"number": "x", "code": code}).status_code == 422


def test_an_approval_has_no_code_and_its_letter_says_where_to_turn() -> None:
    due = cases.approved(cases.desk())
    assert due.decision is not None
    letter = enter("sari").get(f"/staff/rules/letters/{due.decision.pk}/letter.pdf")
    text = text_of(letter)
    assert "/grievance/" in text
    assert "Number and code" not in text


def test_a_letter_of_an_older_refusal_objects_to_nothing() -> None:
    claim, number, code = refusal()
    act_as(Acting.JOB)
    desk_claim = Claim.objects.get(pk=claim.pk)
    Claim.objects.filter(pk=claim.pk).update(state="to_check", closed_at=None)
    cases.visit(desk_claim, cases.rights(Staff.objects.get(username="made")))
    cases.approve(desk_claim, cases.rights(Staff.objects.get(username="bambang")))
    somebody = cast.english(Client())
    answer = somebody.post(f"/appeal/{number}/{code}/", {"text": "No."})
    assert answer.status_code == 409
    assert "newest letter" in answer.content.decode()


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_grievance_has_a_letter_for_whoever_holds_its_code(language: str) -> None:
    desk = cases.desk()
    code, row = grievances.sent(Kind.NOT_PAID)
    somebody = Client()
    if language == "en":
        cast.english(somebody)
    assert somebody.get(f"/grievance/{code}/letter.pdf").status_code == 404
    act_as(Acting.JOB)
    grievances.decided(row, desk.sari, State.DISMISSED)
    own = text_of(somebody.get(f"/grievance/{code}/letter.pdf"))
    words = {
        "id": ("tidak terbukti", "Keluhan"),
        "en": ("not found right", "grievance"),
    }
    assert all(word.lower() in own.lower() for word in words[language])
    assert "Sudah kami periksa." in own
    assert "not found right" in proof_of(own)
    printed = enter("sari").get(f"/staff/grievances/{row.pk}/letter.pdf")
    assert f"no. {row.pk}" in text_of(printed)
    assert Client().get("/letters/answers/g1.made-up/").status_code == 404


def test_the_family_fetches_its_letter_only_after_the_code_from_its_phone() -> None:
    desk = outcomes.open_desk()
    where = outcomes.refused(desk)
    family, stranger = cast.english(Client()), cast.english(Client())
    letter = f"{where}outcome/letter.pdf"
    assert stranger.get(letter).headers["Location"] == f"{where}outcome/"
    outcomes.enter(family, where)
    text = text_of(family.get(letter))
    assert "Number and code to object" in text
    assert "Refused" in text
