"""Sari and her colleagues verify people hit by the crisis, and follow them."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Access
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.affected.actions.situation import tell
from smartkampung.recovery.affected.models import (
    Affected,
    Confirmation,
    FollowUp,
    Registration,
)
from smartkampung.recovery.affected.queries.letters import mark_of
from tests.affected import (
    LATER,
    actor,
    on_the_list,
    registered,
    rt_head,
    village_head,
    waiting,
)
from tests.cast import HERE, RT_HERE, budi, english, places, sari, sign_in, staff
from tests.domain.affected.test_course import HARD, WELL
from tests.reporting import STRANGER_NIK, WAYAN_NIK, wayan
from tests.web.registrationform import GOOD, body

pytestmark = pytest.mark.django_db
LIST, ACT = "/staff/affected/", "act/"


@pytest.fixture
def desk(client: Client) -> Client:
    return english(sign_in(client, sari()))


def seen_by_jobs(case: Affected) -> Affected:
    act_as(Kind.JOB)
    case.refresh_from_db()
    return case


def test_the_list_costs_the_same_however_long_it_is(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = waiting()
    desk.get(LIST)
    with django_assert_num_queries(11):
        page = body(desk.get(LIST))
    assert "Wayan Sudarma" in page
    assert Access.objects.filter(purpose="affected.list", person_id=case.person_id)


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("state=to_verify", True),
        ("state=verified", False),
        ("state=nonsense", True),
        ("sector=boat&kind=laid_off", True),
        ("sector=hotel", False),
        (f"place={RT_HERE}", True),
        ("place=35.10.10", True),
    ],
)
def test_the_list_is_narrowed(desk: Client, query: str, there: bool) -> None:
    waiting()
    assert ("Wayan Sudarma" in body(desk.get(f"{LIST}?{query}"))) is there


def test_late_is_what_waits_longer_than_a_week(desk: Client) -> None:
    waiting()
    Affected.objects.update(opened_at=now() - timedelta(days=8))
    assert "Wayan Sudarma" in body(desk.get(f"{LIST}?late=on"))
    Affected.objects.update(opened_at=now() - timedelta(days=6))
    assert "Wayan Sudarma" not in body(desk.get(f"{LIST}?late=on"))


def test_next_door_sees_nothing(client: Client) -> None:
    case = waiting()
    sign_in(client, budi())
    assert "Wayan" not in body(client.get(LIST))
    assert client.get(f"{LIST}{case.pk}/").status_code == 404
    assert client.post(f"{LIST}{case.pk}/act/", {"do": "accept"}).status_code == 404


def test_a_yes_needs_a_word_or_a_reason(desk: Client) -> None:
    case = waiting()
    where = f"{LIST}{case.pk}/"
    refused = desk.post(where + ACT, {"do": "accept"})
    assert refused.status_code == 409
    assert "Nobody confirmed this yet." in body(refused)
    good = {"do": "accept", "unconfirmed_why": "He works alone."}
    assert desk.post(where + ACT, good)["Location"] == where
    assert seen_by_jobs(case).state == "verified"
    assert "Taken on the list" in body(desk.get(where))
    assert Access.objects.filter(purpose="affected.record", person_id=case.person_id)


def test_a_no_has_reasons(desk: Client) -> None:
    case = waiting()
    where = f"{LIST}{case.pk}/"
    assert desk.post(where + ACT, {"do": "refuse"}).status_code == 422
    desk.post(where + ACT, {"do": "refuse", "reasons": ["not_affected"], "note": ""})
    assert seen_by_jobs(case).state == "refused"
    assert "Work or business goes on as before" in body(desk.get(where))
    assert desk.post(where + ACT, {"do": "nonsense"}).status_code == 400


def test_the_employer_is_asked_and_the_code_shown_once(desk: Client) -> None:
    case = waiting()
    where = f"{LIST}{case.pk}/"
    page = body(
        desk.post(where + ACT, {"do": "ask", "asked_of": "Perahu", "phone": ""})
    )
    code = re.search(r'slip-code">([^<]+)', page)
    assert code
    assert code[1] not in body(desk.get(where))
    answer = {"answer": "confirmed", "told_by": "Pak Made"}
    desk.post(f"/affected/confirm/{code[1]}/", answer)
    page = body(desk.get(where))
    assert "nothing more is needed" in page
    desk.post(where + ACT, {"do": "accept"})
    assert seen_by_jobs(case).verdicts.get().confirmation is not None


def test_paper_is_written_down(desk: Client) -> None:
    case = waiting()
    desk.post(
        f"{LIST}{case.pk}/act/",
        {"do": "paper", "asked_of": "Perahu", "answer": "not_known", "told_by": "Made"},
    )
    act_as(Kind.JOB)
    assert Confirmation.objects.get().on_paper


def test_whoever_registered_is_told_that_somebody_else_verifies(client: Client) -> None:
    wayan()
    head = village_head()
    english(sign_in(client, head))
    form = {
        name: value
        for answers in GOOD.values()
        for name, value in answers.items()
        if name not in ("kecamatan", "village", "rt")
    }
    url = f"{LIST}register/"
    found = re.search(r'name="form_id" value="([^"]+)"', body(client.get(url)))
    assert found
    form |= {"form_id": found[1], "region_code": RT_HERE}
    assert client.post(url, {**form, "sales_down_percent": ""}).status_code == 422
    assert client.post(url, {**form, "region_code": "35.10.10.2001"}).status_code == 422
    assert "Registration received" in body(client.post(url, form))
    run_waiting()
    act_as(Kind.JOB)
    case = Registration.objects.get().affected
    assert case is not None
    page = body(client.get(f"{LIST}{case.pk}/"))
    assert "You registered this person." in page
    assert "Take on the list" not in page


def test_an_rt_head_reads_and_does_nothing(client: Client) -> None:
    case = waiting()
    english(sign_in(client, rt_head()))
    page = body(client.get(f"{LIST}{case.pk}/"))
    assert "Wayan Sudarma" in page
    assert "Take on the list" not in page
    assert client.post(f"{LIST}{case.pk}/act/", {"do": "accept"}).status_code == 403


def test_the_village_says_who_registered(desk: Client) -> None:
    person = wayan()
    row = registered(nik=STRANGER_NIK)
    assert "Say who registered" in body(desk.get(LIST))
    where = f"{LIST}unmatched/{row.pk}/"
    assert "record" in body(desk.get(where))
    found = desk.post(where, {"name": "wayan sudarma"})
    assert "This is the person" in body(found)
    assert WAYAN_NIK not in body(found)
    desk.post(where, {"person": str(person.pk)})
    act_as(Kind.JOB)
    row.refresh_from_db()
    assert row.state == "joined"
    assert desk.post(where, {"person": str(person.pk)}).status_code == 409


def test_a_registration_of_nobody_is_turned_away(desk: Client) -> None:
    places()
    row = registered(nik=STRANGER_NIK)
    where = f"{LIST}unmatched/{row.pk}/"
    assert desk.post(where, {"why": ""}).status_code == 422
    desk.post(where, {"why": "Nobody here has that name."})
    act_as(Kind.JOB)
    row.refresh_from_db()
    assert row.state == "turned_away"


def test_a_recovery_is_written_down_and_looked_at_again(client: Client) -> None:
    officer = sari()
    case = on_the_list(officer)
    english(sign_in(client, officer))
    where = f"{LIST}{case.pk}/"
    well = {"do": "tell", "work": "job", "income": "2.500.000", "direction": "better"}
    client.post(where + ACT, {**well, "recovered": "on"})
    assert seen_by_jobs(case).state == "recovered"
    look = FollowUp.objects.get(months=1)
    page = f"{LIST}looks/{look.pk}/"
    assert "How is Wayan Sudarma doing?" in body(client.get(page))
    assert client.post(page, {}).status_code == 422
    there = client.post(page, {"outcome": "fell_back"})["Location"]
    act_as(Kind.JOB)
    again = Affected.objects.get(again_after=case)
    assert there == f"{LIST}{again.pk}/"
    assert "the earlier record" in body(client.get(there))
    assert client.post(page, {"outcome": "fell_back"}).status_code == 409


def test_who_says_they_fell_back_is_looked_at(client: Client) -> None:
    officer = sari()
    case = on_the_list(officer)
    tell(affected=case, now=WELL, by=actor(officer), at=LATER)
    tell(affected=case, now=HARD, at=LATER)
    english(sign_in(client, officer))
    where = f"{LIST}{case.pk}/"
    assert "Look at how the person is doing" in body(client.get(where))
    client.post(where + ACT, {"do": "again", "outcome": "fell_back"})
    act_as(Kind.JOB)
    assert Affected.objects.get(again_after=case).state == "to_verify"


def test_figures_by_branch_and_place(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    waiting()
    desk.get(f"{LIST}figures/")
    with django_assert_num_queries(8):
        page = body(desk.get(f"{LIST}figures/"))
    assert "Tourist boat" in page
    assert "Sumberwangi" in page


def test_the_economic_office_sees_the_regency(client: Client) -> None:
    waiting()
    english(sign_in(client, staff("eko", Role.ECONOMIC_OFFICE, "35.10")))
    assert "Lereng" in body(client.get(f"{LIST}figures/"))
    assert "Wayan" in body(client.get(f"{LIST}?place={HERE}"))


def test_the_letter_says_why_and_only_once_it_is_decided(desk: Client) -> None:
    case = waiting()
    letter = f"{LIST}{case.pk}/letter.pdf"
    assert desk.get(letter).status_code == 404
    refusal = {"do": "refuse", "reasons": ["not_reached"], "note": "Three visits."}
    desk.post(f"{LIST}{case.pk}/act/", refusal)
    assert letter in body(desk.get(f"{LIST}{case.pk}/"))
    answer = desk.get(letter)
    act_as(Kind.JOB)
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(
        page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages
    )
    assert "Could not be reached three times" in text
    assert "Three visits." in text
    proof = re.search(r"/letters/recovery/[^\s]+", text.replace("\n", ""))
    assert proof
    shown = body(desk.get(f"/letters/recovery/{mark_of(case.verdicts.get())}/"))
    assert "Not taken on the list" in shown
    assert "Wayan" not in shown
    assert desk.get("/letters/recovery/1.made-up/").status_code == 404


def test_what_was_decided_in_another_tab_is_said_and_no_form_left(
    desk: Client,
) -> None:
    case = waiting()
    where = f"{LIST}{case.pk}/"
    good = {"do": "accept", "unconfirmed_why": "He works alone."}
    desk.post(where + ACT, good)
    again = desk.post(where + ACT, good)
    assert again.status_code == 409
    assert "decided meanwhile" in body(again)
    assert "unconfirmed_why" not in body(again)


def test_recovered_and_worse_is_asked_back(desk: Client) -> None:
    case = waiting()
    where = f"{LIST}{case.pk}/"
    desk.post(where + ACT, {"do": "accept", "unconfirmed_why": "He works alone."})
    told = {"do": "tell", "work": "none", "income": "0", "direction": "worse"}
    answer = desk.post(where + ACT, {**told, "recovered": "on"})
    assert answer.status_code == 422
    assert "Take the tick away" in body(answer)
    assert seen_by_jobs(case).state == "verified"
