"""The home of staff: counts that equal the lists, at the cost of a few queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Permission
from smartkampung.audit.models import Access
from smartkampung.kernel.clock import now
from smartkampung.worklist.models import WorkItem
from tests import cases, cast, population

pytestmark = pytest.mark.django_db
HOME = "/staff/"


def enter(username: str) -> Client:
    """Sign somebody of the desk in, reading English."""
    client = cast.english(Client())
    return cast.sign_in(client, Staff.objects.get(username=username))


def fill(number: int, *, due: timedelta = timedelta(days=9)) -> None:
    """Put so many visits on Sari's list."""
    at = now()
    start = WorkItem.objects.count()
    WorkItem.objects.bulk_create(
        WorkItem(
            kind="aid.field_check",
            target=f"aid.claim:{start + index}",
            permission=Permission.FIELD_CHECK,
            region_code=cast.RT_HERE,
            opened_at=at,
            due_at=at + due,
        )
        for index in range(number)
    )


def text_of(client: Client, query: str = "") -> str:
    """Return the words of the board."""
    return client.get(HOME + query).content.decode()


def test_an_empty_board_says_what_will_be_here() -> None:
    cases.desk()
    assert "Nothing waits here" in text_of(enter("sari"))


def test_late_work_is_counted_and_listed_alike() -> None:
    cases.desk()
    fill(2, due=-timedelta(hours=1))
    fill(3, due=-timedelta(days=5))
    sari = enter("sari")
    assert text_of(sari, "?show=overdue").count("<tr>") == 1 + 2
    assert text_of(sari, "?show=stuck").count("<tr>") == 1 + 3
    text = text_of(sari)
    assert text.count("<tr>") == 1 + 5
    assert "Visit a family (5)" in text


def test_what_others_must_do_is_seen_but_not_counted_as_mine() -> None:
    desk = cases.desk()
    cases.visit(cases.claim_of(population.wayan()), desk.made)
    sari = enter("sari")
    assert "Nothing waits here" in text_of(sari)
    assert "Decide a claim" in text_of(sari, "?show=others")
    assert "Decide a claim" in text_of(enter("endang"))


def test_urgent_work_is_marked() -> None:
    desk = cases.desk()
    cases.visit(cases.claim_of(population.wayan()), desk.made, kin=True)
    assert "urgent" in text_of(enter("sari"))


def test_the_board_names_nobody() -> None:
    cases.desk()
    cases.claim_of(population.wayan())
    assert "Wayan" not in text_of(enter("sari"))
    assert not Access.objects.exists()


@pytest.mark.parametrize("query", ["?show=x&kind=y", "?page=999", "?page=x"])
def test_a_board_address_typed_wrong_is_still_a_board(query: str) -> None:
    cases.desk()
    fill(1)
    assert "Visit a family" in text_of(enter("sari"), query)


def test_work_leads_to_its_page() -> None:
    cases.desk()
    claim = cases.claim_of(population.wayan())
    sari = enter("sari")
    page = f"/staff/aid/claims/{claim.pk}/visit/"
    assert f'href="{page}"' in text_of(sari)
    assert sari.get(page).status_code == 200


@pytest.mark.slow
def test_the_board_costs_the_same_at_two_and_at_twenty_thousand_items() -> None:
    cases.desk()
    sari = enter("sari")
    fill(2)
    text_of(sari)
    with CaptureQueriesContext(connection) as few:
        text_of(sari)
    fill(20_000)
    with CaptureQueriesContext(connection) as many:
        text = text_of(sari)
    assert len(few) == len(many) <= 10
    assert "20,002" in text
    assert text.count("<tr>") == 1 + 25
