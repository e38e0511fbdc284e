"""Anybody reads what applies in their village today, by what, and since when."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from smartkampung.documents.pdf import compile_pdf
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.wording import long_day
from smartkampung.regions.models import Region
from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.guidance.rules.kinds import Colour
from smartkampung.reopening.pilots.models import Pause, PhaseSpell, Pilot
from smartkampung.reopening.pilots.queries import regime
from smartkampung.web.today import views
from tests import cast
from tests.counters import phase

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_villages() -> None:
    cast.places()
    caches["today"].clear()


def words(answer: Any, status: int = 200) -> str:
    """Return what people read."""
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def here(client: Client, code: str = cast.HERE) -> str:
    return words(client.get(f"/today/{code}/"))


def test_the_way_leads_over_the_kecamatan_to_the_village(client: Client) -> None:
    assert "Apa yang berlaku di desa saya hari ini" in words(client.get("/today/"))
    shown = words(client.get("/today/", {"kecamatan": cast.KECAMATAN}))
    assert "Sumberwangi" in shown
    assert "Tanjungsari" not in shown
    words(client.get("/today/", {"kecamatan": "99.99.99"}), 422)
    led = client.get("/today/", {"village": cast.HERE})
    assert led["Location"] == f"/today/{cast.HERE}/"
    led = client.get(f"/today/{cast.HERE}/", {"rt": cast.RT_HERE})
    assert led["Location"] == f"/today/{cast.RT_HERE}/"


def test_wayan_reads_what_may_open_since_when_and_why(client: Client) -> None:
    phase("recovery", since=today() - timedelta(days=3))
    shown = here(client)
    assert "Fase: Pemulihan" in shown
    assert "Gerbang terbuka." in shown
    assert "Masjid dan musala boleh diisi separuh 50%" in shown
    assert "Muat 100 orang: paling banyak 50." in shown
    assert "Festival dan keramaian ditutup" in shown
    assert "Belum dipastikan oleh pejabat" in shown
    assert "Per " in shown


def test_the_page_is_complete_in_english(client: Client) -> None:
    phase("recovery", since=today())
    shown = here(cast.english(client))
    assert "Phase: Recovery" in shown
    assert "Example phases of a new normal" in shown
    assert "Contoh fase" not in shown
    assert "may be filled to a half" in shown
    assert "Markets may be filled to three quarters 75%" in shown


def test_a_village_that_never_moved_is_in_the_strictest_phase(client: Client) -> None:
    shown = here(client)
    assert "Fase: Tanggap darurat" in shown
    assert "sejak awal: belum ada fase lain" in shown
    assert "belum ada yang diputuskan" in shown


def test_what_is_planned_is_told(client: Client) -> None:
    phase("recovery", since=today() + timedelta(days=9))
    assert "Perubahan berikutnya Pemulihan, mulai" in here(client)


def test_without_guidance_nothing_is_made_up(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regime, "in_force", lambda kind, on: None)
    assert "Hari ini belum dapat dikatakan" in here(client)
    assert client.get(f"/today/{cast.HERE}/poster.pdf").status_code == 404


def test_the_zone_of_an_rt_is_a_word_or_said_to_be_unknown(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regime, "colour_of", lambda rt, on: None)
    assert "belum dapat ditentukan" in here(client, cast.RT_HERE)
    caches["today"].clear()
    monkeypatch.setattr(regime, "colour_of", lambda rt, on: Colour.RED)
    shown = here(client, cast.RT_HERE)
    assert "Zona RT ini Merah" in shown
    assert "Keluar masuk RT paling lambat pukul 20.00." in shown
    assert "Inmendagri 7/2021" in shown
    assert "paling banyak 3 orang" in shown


@pytest.mark.parametrize("colour", [Colour.GREEN, Colour.YELLOW])
def test_nobody_reads_from_outside_that_one_or_two_houses_have_cases(
    client: Client, monkeypatch: pytest.MonkeyPatch, colour: Colour
) -> None:
    monkeypatch.setattr(regime, "colour_of", lambda rt, on: colour)
    shown = here(client, cast.RT_HERE)
    assert "Zona RT ini Hijau atau kuning" in shown
    assert "Surveilans aktif" in shown
    assert "Cari suspek" in shown


def test_a_change_is_seen_at_once_and_the_same_page_is_remembered(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert "Tanggap darurat" in here(client)
    spell = phase("recovery", since=today() - timedelta(days=1))
    assert "Fase: Pemulihan" in here(client)
    spell.until = today()
    spell.save(update_fields=["until"])
    assert "Fase: Tanggap darurat" in here(client)
    phases = Guidance.objects.filter(kind="phases")
    Guidance.objects.filter(pk__in=phases.values("pk")).update(
        verified_by="kadinkes", verified_at=spell.at
    )
    assert "Sudah dipastikan oleh pejabat" in here(client)
    # the transaction begins and ends; whose request it is; the stamp
    with django_assert_num_queries(4):
        here(client)


def pause(since: date, until: date | None = None) -> Pause:
    pilot = Pilot.objects.create(village_id=cast.HERE, state="paused", chosen_on=since)
    return Pause.objects.create(
        pilot=pilot, since=since, until=until, reason="Kasus naik.", by="x", at=now()
    )


def test_a_pause_and_its_end_are_seen_with_the_next_page(client: Client) -> None:
    phase("recovery", since=today() - timedelta(days=3))
    assert "Fase: Pemulihan" in here(client)
    brake = pause(today())
    shown = here(client)
    assert "Fase: Tanggap darurat" in shown
    assert f"Dijeda sejak {long_day(today())}" in shown
    assert "fase Pemulihan menunggu" in shown
    assert "Kasus naik." in shown
    assert client.get(f"/today/{cast.HERE}/poster.pdf").status_code == 200
    brake.until = today()
    brake.save(update_fields=["until"])
    assert "Fase: Pemulihan" in here(client)


def test_no_limit_that_is_set_is_no_promise_that_many_may_come(client: Client) -> None:
    assert "Berkumpul belum ditetapkan" in here(client)


def test_a_name_is_a_minute_old_at_most(client: Client) -> None:
    assert "Sumberwangi" in here(client)
    Region.objects.filter(code=cast.HERE).update(name="Sumberharum")
    caches["today"].clear()  # the minute has passed; names of lists live longer
    assert "Sumberharum" in here(client)
    assert views.REMEMBERED_SECONDS <= 60


def test_the_page_says_when_it_was_made(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = here(client)
    monkeypatch.setattr(views, "now", lambda: now() + timedelta(seconds=50))
    assert here(client) == made


def test_the_page_is_small(client: Client) -> None:
    assert len(client.get(f"/today/{cast.HERE}/").content) < 30_000


def test_the_poster_is_a_sheet_with_its_day(client: Client) -> None:
    phase("recovery", since=today())
    for code in (cast.HERE, cast.RT_HERE):
        answer = client.get(f"/today/{code}/poster.pdf")
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert answer.content.count(b"/Type /Page\n") <= 1


def test_the_poster_of_a_red_rt_says_what_red_asks(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: dict[str, Any] = {}

    def compiled(template: str, data: dict[str, Any], *, at: Any) -> bytes:
        told.update(data)
        return compile_pdf(template, data, at=at)

    monkeypatch.setattr(views, "compile_pdf", compiled)
    monkeypatch.setattr(regime, "colour_of", lambda rt, on: Colour.RED)
    sheet = client.get(f"/today/{cast.RT_HERE}/poster.pdf")
    assert sheet.content.count(b"/Type /Page\n") <= 1
    assert "Keluar masuk RT paling lambat pukul 20.00." in told["asks"]
    assert (told["zone"], told["zone_state"]) == ("Merah", "late")
    assert "Inmendagri 7/2021" in told["asks_reference"]


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("99", id="another regency"),
        pytest.param(cast.KECAMATAN, id="a kecamatan"),
        pytest.param(f"{cast.HERE}.002", id="an RW"),
        pytest.param("35.10.09.9999", id="no village"),
        pytest.param(f"{cast.REGENCY}." + "9" * 60, id="far too long"),
        pytest.param(f"{cast.REGENCY}.x'--.y.z", id="no code at all"),
    ],
)
def test_elsewhere_is_nowhere(client: Client, code: str) -> None:
    assert client.get(f"/today/{code}/").status_code == 404


def test_home_and_the_village_lead_there(client: Client) -> None:
    assert 'href="/today/"' in client.get("/").content.decode()
    page = client.get(f"/regions/{cast.HERE}/").content.decode()
    assert f'href="/today/{cast.HERE}/"' in page


def test_only_ended_spells_count(client: Client) -> None:
    phase("recovery", since=today() - timedelta(days=9), until=today())
    assert PhaseSpell.objects.count() == 1
    assert "Fase: Tanggap darurat" in here(client)
