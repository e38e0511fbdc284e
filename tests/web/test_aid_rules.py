"""Dinsos writes a rule in a form, another applies it, and a preview counts."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.models import Evaluation
from smartkampung.aid.queries.letters import mark_of
from smartkampung.criteria.models import RuleVersion
from smartkampung.kernel.clock import now, today
from smartkampung.regions.models import Region
from smartkampung.web.aid_rules import preview
from tests import cases, cast, population, rulings
from tests.cases import FOOD

pytestmark = pytest.mark.django_db
PAGE = f"/staff/rules/{FOOD}/"
ROW = {"fact": "elderly", "test": "at_least", "value": "1", "group": ""}


@pytest.fixture
def dian() -> Client:
    cases.desk(budget=5)
    cast.staff("dian", Role.DINSOS, cast.REGENCY)
    cast.staff("siti", Role.DINSOS, cast.REGENCY)
    return enter("dian")


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    client = cast.english(Client())
    return cast.sign_in(client, Staff.objects.get(username=username))


def filled(*rows: dict[str, str], **more: str) -> dict[str, str]:
    """Return the form with some rows."""
    form = {
        "row-TOTAL_FORMS": str(len(rows)),
        "row-INITIAL_FORMS": "0",
        "how": "all",
        "legal_reference": "Keputusan Bupati 188/2026",
        "since": today().isoformat(),
        "do": "save",
        **{f"{name}-how": "any" for name in "ABC"},
    }
    for at, row in enumerate(rows):
        form |= {f"row-{at}-{name}": value for name, value in row.items()}
    return {**form, **more}


def body(answer: Any) -> str:
    """Return the words of a page."""
    text: str = answer.content.decode()
    return text


@pytest.mark.closes("aid.apply_rule")
def test_a_rule_is_written_by_one_and_applied_by_another(dian: Client) -> None:
    work = {"fact": "head_occupation", "test": "one_of", "value": "1; 2", "group": "A"}
    ill = {"fact": "chronically_ill", "test": "is", "value": "ya", "group": "A"}
    form = filled(ROW, work, ill, {})
    answer = dian.post(f"{PAGE}edit/", {**form, "do": "read"})
    assert "At least one of these must hold:" in body(answer)
    assert not RuleVersion.objects.exists()
    answer = dian.post(f"{PAGE}edit/", form, follow=True)
    assert "another officer must bring it into force" in body(answer)
    version = RuleVersion.objects.get()
    assert [*version.rule] == ["all"]
    assert len(version.rule["all"][1]["any"]) == 2
    address = f"/staff/rules/versions/{version.pk}/"
    assert dian.post(f"{address}apply/").status_code == 409
    answer = enter("siti").post(f"{address}apply/", follow=True)
    assert "This version is in force now." in body(answer)
    shown = dian.get(f"{PAGE}edit/").context["sheet"]
    assert [row["group"].value() for row in shown.rows][:3] == ["", "A", "A"]
    assert "Keputusan Bupati 188/2026" in body(dian.get("/staff/rules/"))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({**ROW, "test": "is"}, "This fact takes: is at least"),
        ({**ROW, "value": "many"}, "“many” does not fit. Write a whole number"),
        ({**ROW, "fact": "pregnancy", "test": "is", "value": "7"}, "yes or no"),
        ({**ROW, "fact": "receives", "test": "includes", "value": "x"}, "one or more"),
    ],
)
def test_a_row_says_what_does_not_fit(
    dian: Client, row: dict[str, str], words: str
) -> None:
    answer = dian.post(f"{PAGE}edit/", filled(row))
    assert answer.status_code == 422
    assert words in body(answer)


def test_a_rule_without_criteria_is_not_kept(dian: Client) -> None:
    answer = dian.post(f"{PAGE}edit/", filled({}))
    assert answer.status_code == 422
    assert "this group has no criteria" in body(answer)
    backwards = filled(ROW, until=today().isoformat())
    assert dian.post(f"{PAGE}edit/", backwards).status_code == 409


def test_too_few_and_too_many_are_named(dian: Client) -> None:
    answer = dian.post(f"{PAGE}edit/", filled(ROW, how="at_least", needed="2"))
    assert "the number needed must be 1 up to all of them" in body(answer)


def test_a_preview_says_about_how_many_nothing_is_known(dian: Client) -> None:
    population.person("x", born_on=date(today().year - 80, 1, 1))
    population.person("y", born_on=None)
    old = {"fact": "head_age", "is": "at_least", "value": 69}
    rulings.in_force({"any": [old]}, since=today(), at=now())
    answer = dian.get(f"{PAGE}preview/")
    (line,) = answer.context["left_out"]
    assert (line["failing"], line["unknown"]) == ("1", "1")
    assert "of them: not known" in body(answer)


def test_what_if_answers_in_two_clicks(dian: Client) -> None:
    for years in (30, 70, 90):
        born_on = date(today().year - years, 1, 1)
        population.person("x", born_on=born_on)
    old = {"fact": "head_age", "is": "at_least", "value": 69}
    rulings.in_force({"any": [old]}, since=today(), at=now())
    assert f"{PAGE}preview/" in body(dian.get(PAGE))
    answer = dian.get(f"{PAGE}preview/")
    assert answer.context["eligible"] == "2"
    assert "?c0=71&amp;in=35.10" in body(answer)
    answer = dian.get(f"{PAGE}preview/?c0=71&in=35.10")
    assert (answer.context["eligible"], answer.context["lost"]) == ("1", "1")
    assert answer.context["left_out"][0]["only"] == "2"
    assert not answer.context["short"]
    (lereng,) = answer.context["parts"]
    assert lereng["name"] == "Lereng"
    assert lereng["families"] == "3"
    deeper = dian.get(lereng["url"])
    assert [part["url"] for part in deeper.context["parts"]] == [""]
    assert "c0=71" in lereng["url"]
    wrong = dian.get(f"{PAGE}preview/?c0=-1")
    assert "“-1” is not counted" in body(wrong)
    village = dian.get(f"{PAGE}preview/?in={cast.NEXT_DOOR}")
    assert village.context["families"] == "0"
    assert dian.get(f"{PAGE}preview/?in=99").context["families"] == "3"


def test_a_long_count_shows_how_far_it_is_and_goes_on_where_it_was(
    dian: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "PATIENCE", -1)
    old = {"fact": "head_age", "is": "at_least", "value": 60}
    rulings.in_force({"any": [old]}, since=today(), at=now())
    areas = Region.objects.filter(kind="kecamatan", code__startswith="35.10.")
    count = areas.count()
    assert count > 1
    for village in (cast.HERE, cast.FAR_AWAY):
        population.person("x", region=village, born_on=date(1940, 1, 1))
    first = dian.get(f"{PAGE}preview/")
    assert f"1 of {count} kecamatan are counted" in body(first)
    assert 'http-equiv="refresh"' in body(first)
    assert 'hx-trigger="load' in body(first)
    for _ in range(count - 2):
        assert dian.get(f"{PAGE}preview/").context["counting"]
    last = dian.get(f"{PAGE}preview/")
    assert (last.context["counting"], last.context["eligible"]) == (False, "2")
    assert "are counted" not in body(last)
    assert 'http-equiv="refresh"' not in body(last)


def test_a_count_that_is_quick_is_made_anew_each_time(dian: Client) -> None:
    old = {"fact": "head_age", "is": "at_least", "value": 60}
    rulings.in_force({"any": [old]}, since=today(), at=now())
    assert dian.get(f"{PAGE}preview/").context["eligible"] == "0"
    population.person("x", born_on=date(1940, 1, 1))
    assert dian.get(f"{PAGE}preview/").context["eligible"] == "1"


def test_a_programme_without_a_rule_is_tried_by_its_advice(dian: Client) -> None:
    assert "no rule in force" in body(dian.get(PAGE))
    numbers = dian.get(f"{PAGE}preview/").context["numbers"]
    assert [row["value"] for row in numbers] == [9]


def test_a_draft_is_tried_before_it_holds(dian: Client) -> None:
    version = rulings.draft({"fact": "family_size", "is": "at_least", "value": 2})
    answer = dian.get(f"{PAGE}preview/?version={version.pk}")
    assert [row["value"] for row in answer.context["numbers"]] == [2]
    other = dian.get(f"/staff/rules/bst/preview/?version={version.pk}")
    assert other.status_code == 404


def test_nested_groups_begin_an_empty_form(dian: Client) -> None:
    deep = {"any": [{"all": [{"any": [rulings.POOR]}]}]}
    rulings.in_force(deep, since=today(), at=now())
    assert dian.get(f"{PAGE}edit/").context["sheet"].nested


def test_who_only_sees_programmes_applies_nothing(dian: Client) -> None:
    version = rulings.draft()
    endang = enter("endang")
    assert endang.get(f"/staff/rules/versions/{version.pk}/").status_code == 200
    assert endang.post(f"/staff/rules/versions/{version.pk}/apply/").status_code == 403


def test_a_decision_shows_its_reasons_and_its_letter_can_be_proved(
    client: Client,
) -> None:
    desk = cases.desk()
    rulings.in_force(since=today(), at=now())
    claim = cases.claim_of(population.wayan())
    cases.visit(claim, desk.made)
    cast.sign_in(cast.english(client), Staff.objects.get(username="endang"))
    asked = body(client.get(f"/staff/aid/claims/{claim.pk}/decide/"))
    assert "Poverty criteria met: at least 9 of 14" in asked
    assert "14 of 14 (The latest field check)" in asked
    form = {"decision": "approve", "yes-programme": FOOD}
    assert client.post(f"/staff/aid/claims/{claim.pk}/decide/", form).status_code == 302
    shown = body(client.get(f"/staff/aid/claims/{claim.pk}/"))
    assert "Members aged 60 or more: at least 1 people" in shown
    decision = Evaluation.objects.get().decision_id
    letter = client.get(f"/staff/rules/letters/{decision}/letter.pdf")
    told = "".join(
        page.extract_text() for page in PdfReader(BytesIO(letter.content)).pages
    )
    assert "Poverty criteria met: at least 9 of 14" in told
    assert "I Wayan Sudarma" in told
    mark = mark_of(decision)
    proof = body(cast.english(Client()).get(f"/letters/{mark}/"))
    assert "This letter is real" in proof
    assert "Wayan" not in proof
    assert Client().get(f"/letters/{mark[:-1]}x/").status_code == 404
