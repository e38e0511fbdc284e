"""An exception on pages: asked for at a claim or a list, granted by a second person."""

import re
import uuid
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.models import Claim, Override, Proposal
from smartkampung.kernel.rls import Kind, act_as
from tests import cases, cast, population, rounds
from tests.cases import FOOD

pytestmark = pytest.mark.django_db
WHY = "Rumah terbakar, kartu PKH hilang."
LIST = "/staff/aid/overrides/"


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    client = cast.english(Client())
    return cast.sign_in(client, Staff.objects.get(username=username))


def body(answer: Any) -> str:
    """Return the words of a page, and see everything again."""
    act_as(Kind.JOB)
    return " ".join(answer.content.decode().split())


@pytest.fixture
def claim() -> Claim:
    """Wayan's claim, to be decided; his family receives PKH for a pregnancy."""
    desk = cases.desk()
    cast.staff("dian", Role.DINSOS, cast.REGENCY)
    row = cases.claim_of(population.wayan())
    cases.visit(row, desk.made)
    cases.listed(cases.person_of(row), "pkh", component="pregnancy")
    return row


def form(reason: str = WHY) -> dict[str, str]:
    return {"form_id": str(uuid.uuid4()), "reason": reason}


def offered(page: str, where: str) -> str:
    """Return the address that a page offers to ask at."""
    found = re.search(rf'href="(/staff/aid/{where}/\d+/override/[^"]+)"', page)
    assert found
    return found.group(1)


def test_from_the_block_to_the_letter(claim: Claim) -> None:
    endang, at = enter("endang"), f"/staff/aid/claims/{claim.pk}/decide/"
    page = body(endang.get(at))
    assert "Ask for an exception" in page
    ask = offered(page, "claims")
    shown = body(endang.get(ask))
    assert "Family Hope Programme (PKH), pregnancy, since 1 January 2026" in shown
    assert endang.post(ask, form("")).status_code == 422
    assert "Do not write a NIK" in body(endang.post(ask, form("NIK 3510091204850003")))
    told = body(endang.post(ask, form(), follow=True))
    assert "Another officer decides about it first." in told
    assert endang.post(ask, form()).status_code == 409
    wish = Override.objects.get()
    dian = enter("dian")
    assert "Decide about an exception" in body(dian.get("/staff/"))
    assert WHY in body(dian.get(f"{LIST}{wish.pk}/"))
    decide = f"{LIST}{wish.pk}/decide/"
    assert endang.post(decide, {"decision": "grant"}).status_code == 403
    act_as(Kind.JOB)
    granted = body(dian.post(decide, {"decision": "grant"}, follow=True))
    assert "The exception is granted." in granted
    assert dian.post(decide, {"decision": "refuse"}).status_code == 409
    page = body(endang.get(at))
    assert "An exception was granted for this case." in page
    assert "override/pkh" not in page
    yes = {"decision": "approve", "yes-programme": FOOD}
    assert endang.post(at, yes).status_code == 302
    act_as(Kind.JOB)
    decision = claim.decisions.get()
    letter: Any = endang.get(f"/staff/rules/letters/{decision.pk}/letter.pdf")
    pages = PdfReader(BytesIO(letter.content)).pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "An exception was granted on" in words
    assert WHY in words
    assert "pregnancy" not in words


def test_who_asked_is_told_that_somebody_else_decides(claim: Claim) -> None:
    dian = enter("dian")
    ask = offered(
        body(enter("endang").get(f"/staff/aid/claims/{claim.pk}/decide/")), "claims"
    )
    told = body(dian.post(ask, form(), follow=True))
    assert "You asked for this exception yourself" in told
    assert "Grant this exception" not in told
    wish = Override.objects.get()
    answer = dian.post(f"{LIST}{wish.pk}/decide/", {"decision": "grant"})
    assert answer.status_code == 409


def test_the_auditor_reads_without_the_component(claim: Claim) -> None:
    endang = cases.rights(Staff.objects.get(username="endang"))
    row = cases.person_of(claim).family.enrolments.get()
    cases.override_wanted(claim, row, endang)
    cast.staff("ratih", Role.AUDITOR, cast.REGENCY)
    ratih = enter("ratih")
    assert "waits for a second person" in body(ratih.get(LIST))
    page = body(ratih.get(f"{LIST}{Override.objects.get().pk}/"))
    assert "Family Hope Programme (PKH), since 1 January 2026" in page
    assert "pregnancy" not in page
    assert "Grant this exception" not in page


def test_a_page_without_exceptions_says_where_they_come_from() -> None:
    cases.desk()
    assert "No exception was asked for yet" in body(enter("endang").get(LIST))


def test_what_does_not_stand_in_the_way_cannot_be_asked_about(claim: Claim) -> None:
    stranger = cases.listed(population.person("I Gede Arta"), "pkh")
    where = f"/staff/aid/claims/{claim.pk}/override/{FOOD}/{stranger.pk}/"
    assert enter("endang").get(where).status_code == 404


def test_somebody_left_out_of_a_list_comes_back() -> None:
    office = rounds.an_office()
    cast.staff("dian", Role.DINSOS, cast.REGENCY)
    wayan = population.wayan()
    cases.listed(wayan, "pkh")
    rounds.verified(office, wayan, population.person("I Gede Arta", "3510092006790004"))
    row = Proposal.objects.get(person=wayan)
    at = f"/staff/aid/cycles/proposals/{row.pk}/"
    assert "Ask for an exception" not in body(enter("sari").get(at))
    endang = enter("endang")
    ask = offered(body(endang.get(at)), "proposals")
    assert endang.post(ask, form()).status_code == 302
    act_as(Kind.JOB)
    decide = f"{LIST}{Override.objects.get().pk}/decide/"
    assert enter("dian").post(decide, {"decision": "grant"}).status_code == 302
    page = body(enter("sari").get(at))
    assert "An exception was granted" in page
    assert "in need" in page
