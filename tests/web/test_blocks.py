"""A reason names the record that stood in the way, to whom may know it, never a NIK."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.actions.decide import decide_claim
from smartkampung.aid.cycles.models import Proposal
from smartkampung.aid.models import Decision
from smartkampung.aid.rules.claims import Reason
from smartkampung.kernel.rls import Kind, act_as
from tests import cases, cast, population, rounds
from tests.cases import FOOD, NOW, Desk
from tests.owndata import enter as enter_own
from tests.population import WAYAN_NIK

pytestmark = pytest.mark.django_db
PKH = "Family Hope Programme (PKH)"


def page(username: str, address: str) -> str:
    """Return a page as somebody reads it in English, and see everything again."""
    client = cast.english(Client())
    cast.sign_in(client, Staff.objects.get(username=username))
    text: str = client.get(address).content.decode()
    act_as(Kind.JOB)
    return text


@pytest.fixture
def left_out() -> Proposal:
    """Wayan, left out of a cycle because he receives PKH for a pregnancy."""
    office = rounds.an_office(code="apbd_nutrition")
    wayan = population.wayan()
    cases.listed(wayan, "pkh", component="pregnancy")
    rounds.verified(office, wayan, population.person("I Gede Arta", "3510092006790004"))
    return Proposal.objects.get(person=wayan)


def test_the_list_of_a_village_names_the_record(left_out: Proposal) -> None:
    where = f"/staff/aid/cycles/proposals/{left_out.pk}/"
    for address in (where, f"/staff/aid/cycles/lists/{left_out.village_list_id}/"):
        text = page("sari", address)
        assert f"cannot be combined with this: {PKH}, pregnancy, since 1 Jan" in text
    # Once as the reason now, once in the diary.
    assert page("sari", where).count(PKH) == 2


def test_who_sees_no_residents_reads_no_component(left_out: Proposal) -> None:
    cast.staff("ratih", Role.AUDITOR, cast.REGENCY)
    text = page("ratih", f"/staff/aid/cycles/proposals/{left_out.pk}/")
    assert f"{PKH}, since 1 Jan" in text
    assert "pregnancy" not in text


def test_the_family_reads_which_aid_stood_in_the_way(left_out: Proposal) -> None:
    text = enter_own(Client()).content.decode()
    assert "Program Keluarga Harapan (PKH), sejak 1 Jan" in text
    assert "hamil" not in text


def test_the_record_stays_as_it_was_when_the_list_changes(left_out: Proposal) -> None:
    (kept,) = left_out.blocked_by
    assert (kept["programme"], kept["component"]) == ("pkh", "pregnancy")
    assert kept.keys().isdisjoint({"person", "family", "nik"})
    assert left_out.events.get(kind="excluded").blocked_by == [kept]


@pytest.fixture
def desk() -> Desk:
    """The office of the kecamatan."""
    return cases.desk()


def refused(desk: Desk, programme: str | None) -> Decision:
    """Refuse Wayan, who receives PKH, for the reason that he receives."""
    wayan = population.wayan()
    cases.listed(wayan, "pkh", component="pregnancy")
    claim = cases.claim_of(wayan)
    cases.visit(claim, desk.made)
    return decide_claim(
        claim=claim,
        approved=False,
        programme=cases.programme(programme) if programme else None,
        reasons=[Reason.ALREADY_RECEIVING],
        by=desk.endang,
        at=NOW,
    )


@pytest.mark.parametrize("programme", [FOOD, None])
def test_a_refusal_names_the_record_on_page_and_letter(
    desk: Desk, programme: str | None
) -> None:
    decision = refused(desk, programme)
    text = page("endang", f"/staff/aid/claims/{decision.claim_id}/")
    assert f"cannot be combined with this: {PKH}, pregnancy, since 1 Jan" in text
    client = cast.english(Client())
    cast.sign_in(client, Staff.objects.get(username="endang"))
    letter: Any = client.get(f"/staff/rules/letters/{decision.pk}/letter.pdf")
    told = " ".join(
        page.extract_text() for page in PdfReader(BytesIO(letter.content)).pages
    )
    words = " ".join(told.split())
    assert f"{PKH}, since 1 Jan" in words
    assert "pregnancy" not in words
    assert WAYAN_NIK not in words


def test_another_reason_names_no_record(desk: Desk) -> None:
    assert cases.refused(desk).decisions.get().blocked_by == []
