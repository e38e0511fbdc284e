"""A family that a village list leaves out has a letter, and anybody can prove it."""

import re
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.aid.cycles.actions.recipients import stop
from smartkampung.aid.cycles.queries.letters import own_list_letter
from smartkampung.aid.cycles.rules.proposals import Why
from smartkampung.aid.models import Proposal, VillageList
from smartkampung.kernel.rls import Kind, act_as
from tests import cast, population, rounds
from tests.cases import NOW
from tests.web.test_aid_letters import text_of

pytestmark = pytest.mark.django_db


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    return cast.sign_in(cast.english(Client()), Staff.objects.get(username=username))


@pytest.fixture
def stopped() -> Proposal:
    """Wayan received in a cycle, and was stopped with a reason."""
    round_ = rounds.a_round()
    row = rounds.a_recipient(round_, population.wayan())
    VillageList.objects.update(taken=1)
    stop(proposal=row, why=Why.IMPROVED, text="Bekerja.", by=round_.desk.endang, at=NOW)
    row.refresh_from_db()
    return row


def page_of(row: Proposal) -> str:
    return f"/staff/aid/cycles/proposals/{row.pk}/"


def letter(row: Proposal, client: Client) -> Any:
    answer = client.get(f"{page_of(row)}letter.pdf")
    act_as(Kind.JOB)
    return answer


def test_a_refusal_in_a_list_has_a_letter_that_a_code_proves(stopped: Proposal) -> None:
    sari = enter("sari")
    assert "letter.pdf" in sari.get(page_of(stopped)).content.decode()
    act_as(Kind.JOB)
    words = text_of(letter(stopped, sari))
    assert "Sudarma" in words
    assert "stopped" in words
    assert "Bekerja." in words
    assert "It costs nothing" in words
    found = re.search(r"/letters/lists/([^ ]+/)", words)
    assert found is not None
    proof = cast.english(Client()).get(f"/letters/lists/{found[1]}").content.decode()
    assert "This letter is real" in proof
    assert "stopped" in proof
    assert "Sudarma" not in proof
    assert Client().get("/letters/lists/1.made-up/").status_code == 404


def test_who_receives_has_no_letter_of_refusal() -> None:
    row = rounds.a_recipient(rounds.a_round(), population.wayan())
    assert letter(row, enter("sari")).status_code == 404
    assert "letter.pdf" not in enter("sari").get(page_of(row)).content.decode()


def test_a_family_opens_its_own_letter_and_no_other(stopped: Proposal) -> None:
    found = own_list_letter(stopped.family_id, stopped.pk)
    assert found.event.reasons == [Why.IMPROVED]
    with pytest.raises(Http404):
        own_list_letter(stopped.family_id + 1, stopped.pk)


def test_a_refusal_that_nobody_wrote_down_has_no_letter(stopped: Proposal) -> None:
    Proposal.objects.filter(pk=stopped.pk).update(state="excluded")
    with pytest.raises(Http404):
        own_list_letter(stopped.family_id, stopped.pk)
