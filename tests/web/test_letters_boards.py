"""The boards of letters, and the queue at the counter: map, trend, files, who is next."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.kernel.clock import day
from smartkampung.regions.models import Region
from smartkampung.reopening.counters.actions.serving import mark
from smartkampung.reopening.counters.rules.states import State
from tests import cast
from tests.asking_letters import (
    LATER,
    MORNING,
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
