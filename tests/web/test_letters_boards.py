"""The boards of letters, and the queue at the counter: map, trend, files, who is next."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import day
from smartkampung.regions.models import Region
from smartkampung.reopening.counters.actions.serving import mark
from smartkampung.reopening.counters.rules.states import State
from smartkampung.residents.models import Person
from tests import cast
from tests.asking_letters import (
    LATER,
    MORNING,
    asked,
    checked,
    pen_of,
    signed,
    village_head,
    wayan_with_child,
)
from tests.cast import HERE, KECAMATAN, NEXT_DOOR
from tests.counters import booked, counter, slot
from tests.signing import cheap_guesses as cheap_guesses
from tests.web.test_letters_service import COUNTER, FIGURES
from tests.web.test_letters_staff import enter, words
from tests.web.test_letters_staff import that_morning as that_morning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]


@pytest.fixture(autouse=True)
def one_letter() -> Iterator[None]:
    """Let Wayan's letter be asked for at nine and signed five minutes later."""
    caches["local"].clear()
    signed(checked(wayan_with_child()[0]), pen_of(village_head()))
    for code, lng in ((HERE, 114.10), (NEXT_DOOR, 114.13)):
        Region.objects.filter(code=code).update(lat=-8.3, lng=lng)
    yield
    caches["local"].clear()


@pytest.fixture
def camat() -> Client:
    """Sign in whoever sees both villages."""
    return enter(cast.camat())


def test_the_map_shades_each_village_and_its_list_says_the_same(camat: Client) -> None:
    answer = camat.get(f"{FIGURES}{KECAMATAN}/")
    page = answer.content.decode()
    assert "Sumberwangi: 5" in page
    assert "Karangjati: –" in page
    assert f'href="{FIGURES}{NEXT_DOOR}/"' in page
    assert "Each area is a link to its figures." in words(answer)
    assert "≤ 5" in page
    assert "By place" not in words(camat.get(f"{FIGURES}{HERE}/"))


@pytest.mark.parametrize("place", [HERE, KECAMATAN])
def test_a_board_counts_today_and_what_is_late_and_each_kind(
    camat: Client, place: str
) -> None:
    """Of a village and of its kecamatan: asked, signed, median, waiting, overdue."""
    father = Person.objects.get(nik_index__isnull=False)
    asked(father, kind="domicile", answers={"since": "2015-03-01"}, at=MORNING)
    asked(father, at=LATER)
    soon = LATER.replace(minute=17)
    with time_machine.travel(soon):
        page: Any = camat.get(f"{FIGURES}{place}/")
    numbers = [(one["value"], str(one["meaning"])) for one in page.context["numbers"]]
    assert numbers == [
        ("3", "asked for today"),
        ("1", "signed today"),
        ("5", "minutes until signed, today; half were faster"),
        ("2", "wait for an office now"),
        ("1", "of those that wait for an office now"),
        ("0", "wait for the family"),
    ]
    late = page.context["numbers"][4]
    assert (str(late["tag"]), late["state"]) == ("late", "late")
    rows = [[cell["text"] for cell in row] for row in page.context["kinds"]["rows"]]
    assert rows == [
        ["Certificate of Limited Means", "2", "1", "5"],
        ["Certificate of Residence", "1", "0", "–"],
    ]
    assert page.context["kinds"]["bars"]


def test_the_chart_says_what_its_bars_count(camat: Client) -> None:
    page = words(camat.get(f"{FIGURES}{KECAMATAN}/"))
    assert "Letters asked for and signed, day by day" in page
    assert "asked for on that day" in page
    assert "signed on that day, whenever asked for" in page


def test_the_trend_tells_thirty_days_and_the_last_is_today(camat: Client) -> None:
    page = camat.get(f"{FIGURES}{KECAMATAN}/").content.decode()
    assert f"{day(LATER).day} Nov: 1 asked, 1 signed" in page
    assert page.count(" asked, ") == 30


def test_the_file_holds_kinds_villages_and_days(camat: Client) -> None:
    text = camat.get(f"{FIGURES}{KECAMATAN}/figures.csv").content.decode("utf-8-sig")
    lines = text.splitlines()
    assert lines[0] == "By;Which;Asked;Signed;Minutes, half are faster"
    assert "Kind;Certificate of Limited Means;1;1;5" in lines
    assert "Village;Sumberwangi;1;1;5" in lines
    assert lines[-1] == f"Day;{day(LATER).isoformat()};1;1;5"
    assert sum(line.startswith("Day;") for line in lines) == 30
    assert "Sudarma" not in text


def test_the_workbook_holds_the_same(camat: Client) -> None:
    page = camat.get(f"{FIGURES}{KECAMATAN}/figures.xlsx").content
    with ZipFile(BytesIO(page)) as book:
        cells = book.read("xl/sharedStrings.xml").decode()
    assert "Certificate of Limited Means" in cells
    assert "Sumberwangi" in cells
    assert day(LATER).isoformat() in cells
    assert "Sudarma" not in cells


def test_the_regency_shades_each_kecamatan() -> None:
    Region.objects.filter(code=KECAMATAN).update(lat=-8.3, lng=114.1)
    Region.objects.filter(code=cast.OTHER_KECAMATAN).update(lat=-8.4, lng=114.3)
    regent = enter(cast.staff("ipuk", Role.LEADERSHIP, cast.REGENCY, name="Ipuk"))
    answer = regent.get(FIGURES, follow=True)
    assert answer.redirect_chain[-1][0] == f"{FIGURES}{cast.REGENCY}/"
    page = answer.content.decode()
    assert "Lereng: 5" in page
    assert f'href="{FIGURES}{KECAMATAN}/"' in page
    assert regent.get(f"{FIGURES}{cast.REGENCY}/figures.csv").status_code == 200


def test_the_counter_shows_who_is_next_and_calls_them() -> None:
    queue = counter(hours=(0, 24 * 60), at=MORNING)
    mine = booked(slot(queue, 10, day(MORNING)), at=MORNING)
    mark(booking=mine, state=State.ARRIVED, at=LATER, by="sari")
    sari = enter(Staff.objects.get(username="sari"))
    page = words(sari.get(COUNTER))
    assert "Pelayanan umum" in page
    assert "Call the next person" in page
    assert "10.00-1" in page
    here = {"back": "letters"}
    called = sari.post(f"/staff/counters/{queue.pk}/next/", here, follow=True)
    assert called.redirect_chain == [(COUNTER, 302)]
    assert "Called: 10.00-1" in words(called)
    mine.refresh_from_db()
    assert mine.state == State.CALLED
    nobody = sari.post(f"/staff/counters/{queue.pk}/next/", here, follow=True)
    assert nobody.redirect_chain == [(COUNTER, 302)]
    assert "Nobody who has arrived is waiting" in words(nobody)
    served = {"state": "served", **here}
    over = sari.post(f"/staff/counters/booking/{mine.pk}/mark/", served, follow=True)
    assert over.redirect_chain == [(COUNTER, 302)]
    assert "Nobody is in the queue." in words(over)
    assert "Pelayanan umum" not in words(enter(cast.budi()).get(COUNTER))


def test_without_counters_letters_are_served_all_the_same() -> None:
    page = words(enter(Staff.objects.get(username="sari")).get(COUNTER))
    assert "Call the next person" not in page
    assert "Find the family" in page


def test_at_a_kiosk_the_time_at_the_counter_is_found_and_forgotten() -> None:
    kiosk = cast.english(Client())
    kiosk.post("/kiosk/", {"village": HERE})
    home = kiosk.get(f"/kiosk/{HERE}/").content.decode()
    assert "A time at the counter" in home
    assert 'href="/counters/"' in home
    door = kiosk.get("/counters/").content.decode()
    assert 'content="120;url=/kiosk/end/"' in door
