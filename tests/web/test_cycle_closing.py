"""Dinsos closes a cycle on a page that asks first."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.cycles.models import Cycle, Proposal
from smartkampung.kernel.clock import today
from smartkampung.kernel.rls import Kind, act_as
from tests import cases, cast, rounds
from tests.population import person, wayan
from tests.rounds import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """Wayan and Gede were approved for food packs and did not come."""
    office = rounds.an_office()
    cast.staff("dian", Role.DINSOS, cast.REGENCY)
    rounds.approved(office, wayan(), person("I Gede Arta", "3510092006790004"))
    return office


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    client = cast.english(Client())
    return cast.sign_in(client, Staff.objects.get(username=username))


def body(answer: Any) -> str:
    """Return the words of a page, and see everything again."""
    act_as(Kind.JOB)
    return " ".join(answer.content.decode().split())


def test_the_page_says_what_goes_back_before_it_closes(office: Office) -> None:
    office.cycle.tranches.update(due_on=today() - timedelta(days=1))
    dian, at = enter("dian"), f"/staff/aid/cycles/{office.cycle.pk}/"
    assert "Close this cycle" in body(dian.get(at))
    asked = body(dian.get(f"{at}close/"))
    assert "2 food packs" in asked
    assert "This cannot be undone." in asked
    assert dian.post(f"{at}close/", {"seen": "x"}).status_code == 409
    act_as(Kind.JOB)
    done = body(dian.post(f"{at}close/", {"seen": "2"}, follow=True))
    assert "The cycle is closed. Back in the budget: 2 food packs." in done
    assert "Nothing more is given in it." in done
    assert cases.held() == (100, 0, 0)
    assert Cycle.objects.get().state == "closed"
    for words in ("Plan the next tranche", "Release tranche", "Close this cycle"):
        assert words not in done
    row = Proposal.objects.filter(state="enrolled")[0]
    page = body(enter("endang").get(f"/staff/aid/cycles/proposals/{row.pk}/"))
    assert "Stop for good" not in page
    assert "closed" in body(dian.get("/staff/aid/cycles/"))


def test_what_is_on_its_way_is_named_instead_of_a_button(office: Office) -> None:
    office.cycle.tranches.update(due_on=today())
    asked = body(enter("dian").get(f"/staff/aid/cycles/{office.cycle.pk}/close/"))
    assert "The day of a tranche is not over" in asked
    assert "Close this cycle for good" not in asked


def test_the_kecamatan_closes_no_cycle(office: Office) -> None:
    endang, at = enter("endang"), f"/staff/aid/cycles/{office.cycle.pk}/"
    assert endang.get(f"{at}close/").status_code == 403
    assert "Close this cycle" not in body(endang.get(at))
