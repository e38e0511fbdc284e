"""The home of staff: counts that equal the lists, at the cost of a few queries."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.audit.models import Access
from smartkampung.kernel.clock import now
from smartkampung.worklist.models import WorkItem
from tests import cases, cast, population

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
HOME = "/staff/"


def enter(username: str) -> Client:
    """Sign somebody of the desk in, reading English."""
    client = cast.english(Client())
    return cast.sign_in(client, Staff.objects.get(username=username))


def fill(
    number: int, *, due: timedelta = timedelta(days=9), where: str = cast.RT_HERE
) -> None:
    """Put so many visits on the list of a place."""
    at = now()
    start = WorkItem.objects.count()
    WorkItem.objects.bulk_create(
        WorkItem(
            kind="aid.field_check",
            target=f"aid.claim:{start + index}",
            permission=Permission.FIELD_CHECK,
            region_code=where,
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


def test_the_list_is_a_walk_urgency_first_then_place_by_place() -> None:
    cases.desk()
    other = f"{cast.HERE}.001.001"
    for where in (cast.RT_HERE, other, cast.RT_HERE, other):
        fill(1, where=where)
    fill(1, due=-timedelta(days=2), where=other)
    text = re.sub(r"<[^>]+>", " ", text_of(enter("sari")))
    words = [
        "Past the date",
        "RT 001 RW 001",
        "1 task here",
        "2 days late",
        "Due later",
    ]
    words += ["RT 001 RW 001", "2 tasks here", "RT 007 RW 002", "2 tasks here"]
    at = 0
    for word in words:
        at = text.index(word, at) + len(word)


def test_work_of_the_whole_regency_says_where_it_is() -> None:
    cases.desk()
    cast.staff("dian", Role.DINSOS, cast.REGENCY)
    fill(1, where=cast.REGENCY)
    (stop,) = re.findall(
        r'<tr class="stop">(.+)', text_of(enter("dian"), "?show=others")
    )
    assert "The whole regency" in stop


def test_urgent_work_is_marked() -> None:
    desk = cases.desk()
    cases.visit(cases.claim_of(population.wayan()), desk.made, kin=True)
    assert "urgent" in text_of(enter("sari"))


def options(text: str) -> list[str]:
    """Return the places that the board can be narrowed to."""
    return re.findall(r'<option value="([\d.]+)"', text)


def test_a_village_narrows_its_board_to_an_rw_or_an_rt() -> None:
    cases.desk()
    fill(2)
    fill(3, where=f"{cast.HERE}.002.008")
    fill(1, where=f"{cast.HERE}.003.001")
    sari = enter("sari")
    assert options(text_of(sari)) == [cast.RW_HERE, cast.RT_HERE]
    assert "Visit a family (6)" in text_of(sari)
    assert "Visit a family (5)" in text_of(sari, f"?area={cast.RW_HERE}")
    assert "Visit a family (2)" in text_of(sari, f"?area={cast.RT_HERE}")


def test_a_kecamatan_narrows_its_board_to_a_village() -> None:
    cases.desk()
    fill(2)
    fill(3, where=f"{cast.NEXT_DOOR}.001.001")
    endang = enter("endang")
    assert options(text_of(endang)) == [cast.HERE, cast.NEXT_DOOR]
    text = text_of(endang, f"?show=others&area={cast.NEXT_DOOR}")
    assert "Visit a family (3)" in text
    assert text.count("<tr>") == 1 + 3
    assert f'<option value="{cast.NEXT_DOOR}" selected>' in text


def test_the_regency_narrows_its_board_to_a_kecamatan_or_a_village() -> None:
    cases.desk()
    cast.staff("dian", Role.DINSOS, cast.REGENCY)
    fill(2)
    found = options(text_of(enter("dian")))
    assert {cast.KECAMATAN, cast.HERE, cast.OTHER_KECAMATAN, cast.FAR_AWAY} < set(found)
    assert "(2)" in text_of(enter("dian"), f"?show=others&area={cast.KECAMATAN}")
    empty = text_of(enter("dian"), f"?show=others&area={cast.OTHER_KECAMATAN}")
    assert "Nothing waits here" in empty


def test_an_rt_has_nothing_to_narrow() -> None:
    cases.desk()
    assert 'name="area"' not in text_of(enter("made"))


def test_the_place_stays_chosen_in_every_link_of_the_board() -> None:
    cases.desk()
    fill(30)
    text = text_of(enter("sari"), f"?show=later&area={cast.RT_HERE}")
    links = re.findall(r'href="(\?[^"]+)"', text)
    assert len(links) >= 4
    assert all(f"area={cast.RT_HERE}" in link for link in links)
    assert '<input type="hidden" name="show" value="later">' in text


@pytest.mark.parametrize("area", [cast.NEXT_DOOR, cast.KECAMATAN, "x", "35.10.09.2003"])
def test_a_place_outside_the_area_narrows_nothing(area: str) -> None:
    cases.desk()
    fill(2)
    fill(3, where=cast.NEXT_DOOR)
    assert "Visit a family (2)" in text_of(enter("sari"), f"?area={area}")


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
    assert len(few) == len(many) <= 13
    assert "20,002" in text
    assert text.count("<tr>") == 1 + 25


@pytest.mark.parametrize(
    ("role", "start"),
    [
        (Role.AUDITOR, "/staff/summary/"),
        (Role.INSPECTORATE, "/staff/summary/"),
    ],
)
def test_who_has_no_work_here_starts_with_what_they_may_see(
    role: Role, start: str
) -> None:
    cases.desk()
    account = cast.staff("ani", role, cast.REGENCY)
    client = cast.sign_in(cast.english(Client()), account)
    assert client.get(HOME)["Location"] == start
    assert "My work" not in client.get(start).content.decode()


def test_an_office_without_tasks_is_told_that_nothing_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everyones = {Permission.DESK, Permission.REGION_VIEW, Permission.GALLERY_VIEW}
    monkeypatch.setitem(PERMISSIONS, Role.CHECKPOINT_OFFICER, frozenset(everyones))
    cases.desk()
    account = cast.staff("rudi", Role.CHECKPOINT_OFFICER, cast.HERE)
    page = cast.sign_in(cast.english(Client()), account).get(HOME).content.decode()
    assert "Your office has no tasks here yet" in page


def test_every_page_of_a_part_is_on_the_phone_without_a_script(client: Client) -> None:
    page = cast.sign_in(client, cast.camat()).get("/staff/protocols/").content.decode()
    small = page[page.index('<details class="sub-phone">') : page.index("</details>")]
    assert "Halaman bagian ini: <b>Tempat</b>" in small
    assert small.count("<li>") == 8
    assert 'aria-current="page">Tempat<' in small
