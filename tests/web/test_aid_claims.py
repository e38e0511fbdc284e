"""Claims on staff pages: who sees what, masked, logged, counted."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from smartkampung.accounts.models import Staff
from smartkampung.aid.models import Claim
from smartkampung.audit.models import Access
from smartkampung.kernel.rls import Kind, act_as
from tests import cases, cast, population

pytestmark = pytest.mark.django_db
LIST = "/staff/aid/claims/"


def enter(client: Client, username: str) -> Client:
    """Sign somebody of the desk in, reading English."""
    cast.english(client)
    return cast.sign_in(client, Staff.objects.get(username=username))


def neighbours(number: int) -> list[Claim]:
    """Open claims of so many families of RT 007."""
    return [
        cases.claim_of(
            population.person(f"Tetangga {index}", f"35100912048500{index:02}"),
            at=cases.NOW + timedelta(minutes=index),
        )
        for index in range(10, 10 + number)
    ]


def test_the_list_masks_numbers_and_logs_every_look(client: Client) -> None:
    cases.desk()
    claim = cases.claim_of(population.wayan())
    text = enter(client, "sari").get(LIST).content.decode()
    assert "I Wayan Sudarma" in text
    assert population.WAYAN_NIK not in text
    assert "••••••••••••" + population.WAYAN_NIK[-4:] in text
    look = Access.objects.get()
    assert (look.by, look.person_id, look.purpose) == (
        "sari",
        claim.person_id,
        "aid.claim_list",
    )


def test_the_clerk_next_door_sees_nothing(client: Client) -> None:
    cases.desk()
    cast.budi()
    claim = cases.claim_of(population.wayan())
    budi = enter(client, "budi")
    text = budi.get(LIST).content.decode()
    assert "Wayan" not in text
    assert "Village checks (0)" in text
    assert budi.get(f"{LIST}{claim.pk}/").status_code == 404
    assert not Access.objects.exists()


def test_tabs_count_what_they_list(client: Client) -> None:
    desk = cases.desk()
    waiting, refused = neighbours(1), population.wayan()
    cases.refused(desk, refused)
    sari = enter(client, "sari")
    text = sari.get(LIST).content.decode()
    assert "Still open (1)" in text
    assert "Refused (1)" in text
    assert "Tetangga" in text
    assert "Wayan" not in text
    text = sari.get(f"{LIST}?state=refused").content.decode()
    assert "Wayan" in text
    assert "Tetangga" not in text
    assert len(waiting) == 1


def test_a_list_page_costs_the_same_whatever_its_length(client: Client) -> None:
    cases.desk()
    neighbours(2)
    sari = enter(client, "sari")
    sari.get(LIST)
    with CaptureQueriesContext(connection) as short:
        sari.get(LIST)
    act_as(Kind.JOB)
    for number in range(10, 40):
        cases.claim_of(population.person(f"Jauh {number}", f"35100912048501{number}"))
    with CaptureQueriesContext(connection) as long:
        text = sari.get(LIST).content.decode()
    assert len(long) == len(short) <= 10
    assert "Page 1 of 2" in text
    assert text.count("<tr>") == 26


def test_the_case_file_shows_the_red_light_and_the_record_behind_it(
    client: Client,
) -> None:
    cases.desk()
    wayan = population.wayan()
    claim = cases.claim_of(wayan)
    cases.listed(wayan, "pkh")
    text = enter(client, "sari").get(f"{LIST}{claim.pk}/").content.decode()
    assert "Already receives Family Hope Programme (PKH). Cannot be added:" in text
    assert "On the list since 1 January 2026." in text
    assert "What does this family get?" in text
    assert Access.objects.get().purpose == "aid.claim"


def test_one_programme_on_several_names_is_one_red_light(client: Client) -> None:
    cases.desk()
    wayan = population.wayan()
    made = population.person("Made", "3510095505900001", household=wayan.family)
    claim = cases.claim_of(wayan)
    cases.listed(wayan, "pkh", alone=True)
    cases.listed(made, "pkh", alone=True, since=date(2026, 3, 1))
    text = enter(client, "sari").get(f"{LIST}{claim.pk}/").content.decode()
    blocks = "Already receives Family Hope Programme (PKH). Cannot be added:"
    assert text.count(blocks) == 1
    assert "On the list since 1 January 2026. On the list since 1 March 2026." in text


def test_approved_aid_is_no_red_light_on_its_own_claim(client: Client) -> None:
    desk = cases.desk()
    due = cases.approved(desk)
    page = enter(client, "sari")
    text = page.get(f"{LIST}{due.claim_id}/").content.decode()
    assert "Approved, waiting for hand-over" in text
    assert "Cannot be added:" not in text
    assert "Look closely before adding:" not in text

    cases.listed(due.person, "pkh")
    text = page.get(f"{LIST}{due.claim_id}/").content.decode()
    assert "Already receives Family Hope Programme (PKH). Cannot be added:" in text


def test_the_case_file_tells_the_whole_story(client: Client) -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    cases.call(due, desk.sari)
    text = enter(client, "endang").get(f"{LIST}{due.claim_id}/").content.decode()
    for words in (
        "Handed over",
        "Field check by the village",
        "Recommends aid",
        "Approved",
        "Endang Lestari",
        "Received",
    ):
        assert words in text
    assert "Write down the visit" not in text


def test_a_case_file_costs_a_fixed_number_of_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    cases.call(due, desk.sari)
    endang = enter(client, "endang")
    endang.get(f"{LIST}{due.claim_id}/")
    with django_assert_max_num_queries(30):
        endang.get(f"{LIST}{due.claim_id}/")


def test_an_officer_is_offered_only_what_they_may_do(client: Client) -> None:
    desk = cases.desk()
    claim = cases.claim_of(population.wayan())
    page = f"{LIST}{claim.pk}/"
    assert "Write down the visit" in enter(client, "sari").get(page).content.decode()
    text = enter(Client(), "endang").get(page).content.decode()
    assert "Write down the visit" not in text
    act_as(Kind.JOB)
    cases.visit(claim, desk.sari)
    assert f"{page}decide/" in enter(Client(), "endang").get(page).content.decode()
    assert f"{page}decide/" not in enter(Client(), "sari").get(page).content.decode()


def test_a_claim_of_nobody_known_can_be_matched_by_name(client: Client) -> None:
    cases.desk()
    wayan = population.wayan()
    claim = cases.claim_of(None, nik="3510091204850999")
    page = f"{LIST}{claim.pk}/match/"
    sari = enter(client, "sari")
    empty = sari.post(page, {"name": "", "birth": ""})
    assert empty.status_code == 422
    assert "Type a name, or a full date of birth." in empty.content.decode()
    nobody = sari.post(page, {"name": "Xyz"}).content.decode()
    assert "Nobody fits in your area." in nobody
    text = sari.post(page, {"name": "wayan"}).content.decode()
    assert "I Wayan Sudarma" in text
    assert population.WAYAN_NIK not in text
    assert sari.post(page, {"person": wayan.pk}).status_code == 302
    act_as(Kind.JOB)
    claim.refresh_from_db()
    assert claim.person == wayan
    codes = set(claim.findings.values_list("code", flat=True))
    assert codes == {"matched_by_village"}
    assert sari.post(page, {"person": wayan.pk}).status_code == 409


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Wayan Sudrama"},
        {"name": "sudarma wayan"},
        {"name": "Wayann"},
        {"name": "", "birth": "12-04-1985"},
        {"name": "sudarma", "birth": "1985"},
    ],
    ids=["swapped letters", "other order", "a letter too many", "born on", "born in"],
)
def test_the_finder_forgives_a_typing_mistake(
    client: Client, typed: dict[str, str]
) -> None:
    cases.desk()
    population.wayan()
    claim = cases.claim_of(None, nik="3510091204850999")
    answer = enter(client, "sari").post(f"{LIST}{claim.pk}/match/", typed)
    assert "This is the person" in answer.content.decode()
    assert Access.objects.get().purpose == "resident.search"


def test_more_than_a_page_of_people_asks_to_narrow_the_search(client: Client) -> None:
    cases.desk()
    for number in range(21):
        population.person("Wayan", f"35100912048507{number:02}")
    claim = cases.claim_of(None, nik="3510091204850999")
    answer = enter(client, "sari").post(f"{LIST}{claim.pk}/match/", {"name": "Wayan"})
    text = answer.content.decode()
    assert "More people fit than can be listed" in text
    assert text.count("This is the person") == 20


def test_nobody_from_elsewhere_is_matched(client: Client) -> None:
    cases.desk()
    other = population.person(
        "Komang", "3510095505900001", region=population.RT_NEXT_DOOR
    )
    claim = cases.claim_of(None)
    page = f"{LIST}{claim.pk}/match/"
    sari = enter(client, "sari")
    text = sari.post(page, {"name": "Komang"}).content.decode()
    assert "Nobody fits in your area." in text
    assert sari.post(page, {"person": other.pk}).status_code == 404


def test_a_person_with_an_open_claim_is_not_matched_to_a_second(
    client: Client,
) -> None:
    cases.desk()
    wayan = population.wayan()
    cases.claim_of(wayan)
    second = cases.claim_of(None, nik="3510091204850999")
    sari = enter(client, "sari")
    answer = sari.post(f"{LIST}{second.pk}/match/", {"person": wayan.pk})
    assert answer.status_code == 409
    assert "already has another open claim" in answer.content.decode()


@pytest.mark.parametrize(
    "sent", ["²", "9" * 19, "9" * 5000], ids=["²", "long", "flood"]
)
def test_what_names_no_person_is_looked_for_as_a_name(
    client: Client, sent: str
) -> None:
    cases.desk()
    claim = cases.claim_of(None)
    sari = enter(client, "sari")
    answer = sari.post(f"{LIST}{claim.pk}/match/", {"person": sent})
    assert answer.status_code == 422


def test_a_photo_is_shown_with_its_own_claim_only(client: Client) -> None:
    desk = cases.desk()
    claim, other = neighbours(2)
    photo = cases.a_photo()
    cases.visit(other, desk.sari, photo_id=photo)
    answer = enter(client, "sari").get(f"{LIST}{claim.pk}/photos/{photo}/")
    assert answer.status_code == 404
