"""Maya writes a priority in a form; another brings it into force."""

from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.criteria.models import RuleVersion
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.targeting.queries.known import facts_of
from smartkampung.web.targeting.priorityforms import read_shares
from tests import cast
from tests.targeting import HIT, INCOME, SPEC, WOMEN, in_force
from tests.web.test_targeting import HOME, body, enter

pytestmark = pytest.mark.django_db
NEW = f"{HOME}priorities/new/"
DEBTS = {"fact": "debts", "is": "at_least", "value": 9}


@pytest.fixture
def maya() -> Client:
    act_as(Kind.JOB)
    cast.staff("maya", Role.ECONOMIC_OFFICE, cast.REGENCY)
    cast.staff("joko", Role.ECONOMIC_OFFICE, cast.REGENCY)
    return enter("maya")


def filled(**more: Any) -> dict[str, Any]:
    """Return the form of a priority with one row of each kind."""
    rows: dict[str, list[dict[str, Any]]] = {
        "criteria": [
            {
                "fact": "income_after",
                "weight": 50,
                "need": "less",
                "low": 0,
                "high": 3_000_000,
            },
            {
                "fact": "hit",
                "weight": 10,
                "need": "codes",
                "shares": "laid off = 100; jam kerja dikurangi = 50%",
            },
        ],
        "ties": [{"fact": "debts", "need": "more"}],
        "exclude": [{"fact": "debts", "test": "at_least", "value": "9"}],
        "quotas": [
            {
                "name": "Perempuan",
                "fact": "female",
                "test": "is",
                "value": "ya",
                "least": 50,
                "unit": "percent",
            }
        ],
    }
    form = {"code": "tourism", "name": "Pekerja wisata", "since": today().isoformat()}
    form |= {"legal_reference": "Keputusan Bupati", "budget": "100", "cost_each": "10"}
    form |= {"last": "oldest"}
    for name, told in rows.items():
        form[f"{name}-TOTAL_FORMS"] = str(len(told))
        form[f"{name}-INITIAL_FORMS"] = "0"
        for at, row in enumerate(told):
            form |= {f"{name}-{at}-{key}": str(value) for key, value in row.items()}
    return {**form, **more}


def test_a_priority_is_written_in_rows_and_applied_by_another(maya: Client) -> None:
    answer = maya.post(NEW, filled(), follow=True)
    assert "Another officer must bring it into force" in body(answer)
    version = RuleVersion.objects.get()
    spec = version.rule["spec"]
    assert spec["criteria"] == [INCOME, HIT]
    assert spec["quotas"] == [WOMEN]
    assert spec["exclude"] == {"any": [DEBTS]}
    address = f"{HOME}versions/{version.pk}/"
    assert "You wrote this version" in body(maya.get(address))
    assert maya.post(f"{address}apply/").status_code == 409
    answer = enter("joko").post(f"{address}apply/", follow=True)
    assert "This version is in force now." in body(answer)


def test_the_form_shows_the_priority_that_holds(maya: Client) -> None:
    told = {**SPEC, "quotas": [WOMEN], "exclude": {"any": [DEBTS]}, "seats": True}
    in_force(told, since=today(), at=now())
    sheet = maya.get(f"{HOME}priorities/workers/edit/").context["sheet"]
    form = {"legal_reference": "x", "since": today().isoformat(), "seats": "on"}
    for name, value in sheet.head.initial.items():
        form.setdefault(name, str(value))
    for name, rows in sheet.sets.items():
        form |= {f"{name}-TOTAL_FORMS": str(len(rows)), f"{name}-INITIAL_FORMS": "0"}
        for row in rows:
            for field in row:
                value = field.value()
                form[field.html_name] = "" if value is None else str(value)
    maya.post(f"{HOME}priorities/workers/edit/", form)
    assert RuleVersion.objects.get(number=2).rule["spec"] == {**told, "last": "oldest"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", ""),
        ("code", "dua kata"),
        ("name", ""),
        ("name", "3510091204850003"),
        ("legal_reference", ""),
        ("since", "kapan"),
        ("budget", "-1"),
        ("budget", "banyak"),
        ("cost_each", "0"),
        ("last", "friends"),
        ("criteria-0-fact", "rich"),
        ("criteria-0-weight", ""),
        ("criteria-0-weight", "-1"),
        ("criteria-0-weight", "1001"),
        ("criteria-0-need", ""),
        ("criteria-0-need", "yes"),
        ("criteria-0-low", "-1"),
        ("criteria-0-high", "0"),
        ("criteria-1-shares", ""),
        ("criteria-1-shares", "laid off = 101"),
        ("criteria-1-shares", "dismissed = 10"),
        ("criteria-1-shares", "laid off"),
        ("ties-0-fact", "hit"),
        ("ties-0-need", "yes"),
        ("exclude-0-test", "is"),
        ("exclude-0-value", "banyak"),
        ("quotas-0-name", ""),
        ("quotas-0-name", "x" * 41),
        ("quotas-0-fact", ""),
        ("quotas-0-where", "35.10"),
        ("quotas-0-where", "%"),
        ("quotas-0-least", ""),
        ("quotas-0-least", "101"),
        ("quotas-0-most", "10"),
        ("quotas-0-unit", "kg"),
    ],
)
def test_each_field_says_what_does_not_fit(
    maya: Client, field: str, value: str
) -> None:
    answer = maya.post(NEW, filled(**{field: value}))
    assert answer.status_code == 422
    assert 'role="alert"' in body(answer)
    assert not RuleVersion.objects.exists()


AGAIN = {"fact": "income_after", "need": "less", "low": "0", "high": "5"}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ties-0-fact": "income_after"}, "ties.1: a criterion says the opposite"),
        (
            {f"criteria-1-{name}": value for name, value in AGAIN.items()},
            "criteria.2: this fact stands here twice",
        ),
    ],
)
def test_what_no_single_field_shows_is_told_with_its_place(
    maya: Client, changed: dict[str, str], words: str
) -> None:
    answer = maya.post(NEW, filled(**changed))
    assert answer.status_code == 409
    assert words in body(answer)


def test_a_short_name_is_taken_once(maya: Client) -> None:
    maya.post(NEW, filled())
    answer = maya.post(NEW, filled())
    assert "This short name is taken" in body(answer)
    assert RuleVersion.objects.count() == 1


def test_no_criterion_at_all_is_told(maya: Client) -> None:
    form = filled(**{"criteria-TOTAL_FORMS": "0"})
    assert "there is no criterion" in body(maya.post(NEW, form))


def test_families_have_facts_of_their_own(maya: Client) -> None:
    page = body(maya.get(f"{NEW}?population=families"))
    assert "female_head" in page
    assert "income_after" not in page


def test_shares_are_read_in_both_languages() -> None:
    hit = facts_of("affected")["hit"]
    typed = "Laid off = 100 %; jam kerja dikurangi=50"
    assert read_shares(hit, typed) == {"laid_off": 100, "hours_cut": 50}
