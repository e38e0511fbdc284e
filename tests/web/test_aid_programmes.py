"""Dinsos changes programmes, rules and budgets on its pages."""

import re
from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.models import BudgetRequest, Conflict
from smartkampung.kernel.clock import today
from tests import cases, cast
from tests.cases import FOOD

pytestmark = pytest.mark.django_db
PROGRAMMES = "/staff/aid/programmes/"
FORM = f"{PROGRAMMES}{FOOD}/"
BUDGET = f"{FORM}budget/"
RULE = "/staff/aid/conflicts/rule/"


@pytest.fixture
def dian() -> Client:
    cases.desk(budget=5)
    cast.staff("dian", Role.DINSOS, cast.REGENCY)
    cast.staff("siti", Role.DINSOS, cast.REGENCY, name="Siti Nurhayati")
    return enter("dian")


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    client = cast.english(Client())
    return cast.sign_in(client, Staff.objects.get(username=username))


def body(answer: Any) -> str:
    """Return the words of a page."""
    text: str = answer.content.decode()
    return text


def filled(client: Client, **changes: str) -> dict[str, str]:
    """Return the form of the food pack as the page fills it in, with changes."""
    form = client.get(FORM).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    assert 'type="date" name="since" value="2020-04-01"' in str(form["since"])
    shown = {name: value for name, value in shown.items() if value not in (None, False)}
    return {**{name: str(value) for name, value in shown.items()}, **changes}


def test_a_programme_is_changed(dian: Client) -> None:
    year = today().year + 1
    given = filled(dian, amount="2", until=f"{year}-12-31")
    answer = dian.post(FORM, given, follow=True)
    assert "The programme is changed." in body(answer)
    assert "2 food packs, per family" in body(answer)
    assert f"31 December {year}" in body(answer)
    answer = dian.post(FORM, filled(dian), follow=True)
    assert "Nothing was changed." in body(answer)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("amount", "0", "greater than or equal to 1"),
        ("amount", "two", "Write a whole number"),
        ("amount", "9" * 30, "less than or equal to"),
        ("since", "31-02-2026", "day-month-year"),
        ("until", "2020-01-01", "The last day must come after the first."),
        ("period", "daily", "not one of the available choices"),
        ("name", "", "required"),
        ("funding", "x" * 61, "at most 60"),
        ("criteria_needed", "15", "less than or equal to 14"),
    ],
)
def test_wrong_terms_say_what_to_mend_and_lose_nothing(
    dian: Client, field: str, value: str, words: str
) -> None:
    form = {"contents": "12 kg beras", **{field: value}}
    answer = dian.post(FORM, filled(dian, **form))
    assert answer.status_code == 422
    assert words in body(answer)
    assert "12 kg beras" in body(answer)


def test_two_editors_do_not_overwrite_each_other(dian: Client) -> None:
    stale = filled(dian, funding="APBD-P")
    enter("siti").post(FORM, filled(dian, amount="3"))
    answer = dian.post(FORM, stale)
    assert answer.status_code == 409
    assert "Somebody else changed this programme" in body(answer)
    assert "APBD-P" in body(answer)


def test_a_rule_is_changed_from_a_day_on(dian: Client) -> None:
    assert "Set a rule" in body(dian.get("/staff/aid/conflicts/"))
    page = f"{RULE}?first={FOOD}&second=bst&component="
    text = body(dian.get(page))
    assert "Regency rule of 2020" in text
    assert re.search(r'value="block"[^>]*checked', text)
    form = {
        "first": FOOD,
        "second": "bst",
        "reach": "person",
        "effect": "allow",
        "since": today().isoformat(),
        "source": "Keputusan Bupati 188/2026",
    }
    answer = dian.post(RULE, form, follow=True)
    assert "The rule is set." in body(answer)
    assert "Keputusan Bupati 188/2026" in body(answer)
    assert "the same person" in body(answer)
    assert Conflict.objects.filter(source="Keputusan Bupati 188/2026").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"second": FOOD}, "Choose two different programmes."),
        ({"since": "2020-01-01"}, "A rule begins today or later"),
        ({"effect": ""}, "Choose what holds."),
        ({"reach": ""}, "Choose who is meant."),
        ({"first": "unknown"}, "not one of the available choices"),
        ({"component": "made up"}, "not one of the available choices"),
        ({"source": ""}, "required"),
    ],
)
def test_a_wrong_rule_says_what_to_mend(
    dian: Client, changes: dict[str, str], words: str
) -> None:
    form = {
        "first": FOOD,
        "second": "bst",
        "reach": "person",
        "effect": "warn",
        "since": today().isoformat(),
        "source": "Surat 17",
        **changes,
    }
    answer = dian.post(RULE, form)
    assert answer.status_code in {409, 422}
    assert words in body(answer)


@pytest.mark.parametrize("query", ["", "?first=x&second=y", "?component=%01&first=%F0"])
def test_any_address_of_the_rule_page_is_a_form(dian: Client, query: str) -> None:
    assert dian.get(RULE + query).status_code == 200


def test_a_budget_is_asked_for_and_granted_by_another(dian: Client) -> None:
    assert "5 food packs" in body(dian.get(BUDGET))
    form_id = dian.get(BUDGET).context["form"]["form_id"].value()
    form = {"form_id": str(form_id), "amount": "20", "reason": "APBD-P 2026"}
    answer = dian.post(BUDGET, form, follow=True)
    assert "Another officer of Dinsos must grant it first." in body(answer)
    wish = BudgetRequest.objects.get()
    page = f"/staff/aid/budgets/{wish.pk}/"
    assert "Grant this budget" not in body(dian.get(page))
    assert dian.post(page, {"decision": "grant"}).status_code == 409
    assert cases.held() == (5, 0, 0)
    siti = enter("siti")
    assert page in body(siti.get("/staff/"))
    assert "APBD-P 2026" in body(siti.get(page))
    answer = siti.post(page, {"decision": "grant"}, follow=True)
    assert "Granted: the budget is larger now." in body(answer)
    assert "Siti Nurhayati" in body(answer)
    assert cases.held() == (25, 0, 0)
    assert siti.post(page, {"decision": "grant"}).status_code == 409
    assert cases.held() == (25, 0, 0)


def test_a_budget_is_not_granted(dian: Client) -> None:
    wish = cases.wish(cases.rights(Staff.objects.get(username="dian")))
    page = f"/staff/aid/budgets/{wish.pk}/"
    answer = enter("siti").post(page, {"decision": "refuse"}, follow=True)
    assert "Not granted." in body(answer)
    assert cases.held() == (5, 0, 0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amount": "-5"}, "greater than or equal to 1"),
        ({"amount": ""}, "Write a whole number"),
        ({"amount": "1" * 14}, "less than or equal to"),
        ({"reason": ""}, "required"),
        ({"form_id": "x"}, "This form was broken on the way."),
    ],
)
def test_a_wrong_wish_says_what_to_mend(
    dian: Client, changes: dict[str, str], words: str
) -> None:
    form_id = "5b0c9e0e-0000-4000-8000-000000000001"
    form = {"form_id": form_id, "amount": "5", "reason": "Surat", **changes}
    answer = dian.post(BUDGET, form)
    assert answer.status_code == 422
    assert words in body(answer)
    assert not BudgetRequest.objects.exists()


def test_others_see_programmes_and_change_nothing(dian: Client) -> None:
    endang = enter("endang")
    text = body(endang.get(PROGRAMMES)) + body(endang.get("/staff/aid/conflicts/"))
    assert "Change" not in text
    for page in (FORM, BUDGET, RULE):
        assert endang.get(page).status_code == 403
