"""Anybody reads and compares guidance; dinkes writes it, and another confirms."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from lxml.html import fromstring

from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import now, today
from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.guidance.queries import in_force, versions_of
from smartkampung.reopening.guidance.rules.kinds import Kind, Setting
from tests import cast
from tests.cast import REGENCY
from tests.economy import words

pytestmark = pytest.mark.django_db
PAGES = "/staff/guidance/"
TOMORROW = today() + timedelta(days=1)


def of_dinkes(name: str) -> Client:
    """Sign an officer of dinkes in."""
    return cast.sign_in(Client(), cast.staff(name, Role.DINKES, REGENCY, name=name))


def typed(client: Client, kind: str, **changes: Any) -> dict[str, Any]:
    """Return the form of a kind as it is offered, with day, source and changes."""
    page = fromstring(client.get(f"{PAGES}{kind}/write/").content.decode())
    offered = next(one for one in page.forms if "since" in one.fields)
    form: dict[str, Any] = {}
    for name, value in offered.form_values():
        form.setdefault(name, []).append(value)
    form |= {"legal_reference": "Perbup 9/2021", "since": TOMORROW.isoformat()}
    return form | {"source_url": "https://example.org/perbup"} | changes


def test_anybody_reads_what_holds_and_how_it_differs(client: Client) -> None:
    cast.places()
    shown = words(client.get("/guidance/rt_zone/"))
    assert "Inmendagri 7/2021 · belum dipastikan pejabat" in shown
    assert "Merah 6 rumah atau lebih" in shown
    shown = words(client.get("/guidance/rt_zone/compare/"))
    assert "Kuning berbeda 1 sampai 5 rumah 1 sampai 2 rumah" in shown
    assert "Hijau 0 rumah 0 rumah" in shown
    assert client.get("/guidance/rt_zone/compare/?first=0").status_code == 404
    assert client.get("/guidance/moon/").status_code == 404
    assert "bobot tidak diketahui" in words(client.get("/guidance/regency_zone/"))


@pytest.mark.parametrize("kind", [one.value for one in Kind])
def test_a_form_offers_what_held_and_writes_the_same(kind: str) -> None:
    """Nothing is lost on the way through fields and back."""
    nyoman = of_dinkes("nyoman")
    before = versions_of(Kind(kind))[0]
    answer = nyoman.post(f"{PAGES}{kind}/write/", typed(nyoman, kind), follow=True)
    assert answer.redirect_chain, words(answer, answer.status_code)
    after = versions_of(Kind(kind))[0]
    assert (after.since, after.body) == (TOMORROW, before.body)
    assert after.legal_reference == "Perbup 9/2021"


@pytest.mark.closes("guidance.confirm")
def test_another_confirms_and_the_past_stays() -> None:
    nyoman, gede = of_dinkes("nyoman"), of_dinkes("gede")
    form = typed(nyoman, "rt_zone", red_least="9")
    nyoman.post(f"{PAGES}rt_zone/write/", form)
    row = versions_of(Kind.RT_ZONE)[0]
    assert row.body["bands"][2]["most"] == 8
    held = in_force(Kind.RT_ZONE, today())
    assert held is not None
    assert held.legal_reference == "Inmendagri 7/2021"
    public = words(Client().get("/guidance/rt_zone/"))
    assert "belum berlaku: menunggu pemastian" in public
    assert in_force(Kind.RT_ZONE, TOMORROW) == held
    url = f"{PAGES}{row.pk}/confirm/"
    nyoman.post(url)
    assert versions_of(Kind.RT_ZONE)[0].verified_by == ""
    gede.post(url)
    assert versions_of(Kind.RT_ZONE)[0].verified_by == "gede"
    assert in_force(Kind.RT_ZONE, TOMORROW) == row
    assert "Perbup 9/2021 · dikonfirmasi oleh gede" in words(
        Client().get("/guidance/rt_zone/")
    )


def test_what_cannot_hold_comes_back_with_what_to_do() -> None:
    nyoman = of_dinkes("nyoman")
    url = f"{PAGES}rt_zone/write/"
    late = typed(nyoman, "rt_zone", since=today().isoformat())
    assert "Pilih besok atau" in words(nyoman.post(url, late), 422)
    far = typed(nyoman, "rt_zone", since="2999-01-01", days="9999", red_least="x")
    shown = words(nyoman.post(url, far), 422)
    assert "Periksa tahunnya" in shown
    assert "1 sampai 28 hari" in shown
    assert "Ini bukan bilangan bulat." in shown
    gap = typed(nyoman, "rt_zone", orange_least="1")
    assert "lebih banyak rumah" in words(nyoman.post(url, gap), 422)
    both = typed(nyoman, "rt_zone", yellow_least="5", orange_least="3", red_least="x")
    page = fromstring(nyoman.post(url, both).content.decode())
    orange, red = (
        page.get_element_by_id(f"id_{colour}_least_error").text_content()
        for colour in ("orange", "red")
    )
    assert "lebih banyak rumah" in orange
    assert "Ini bukan bilangan bulat." in red
    full = typed(nyoman, "phases", p0_mosque="101")
    shown = words(nyoman.post(f"{PAGES}phases/write/", full), 422)
    assert "0 sampai 100" in shown


def errors_of(page: Any) -> dict[str, str]:
    """Return what a page says at each field."""
    found = fromstring(page.content.decode()).xpath("//*[contains(@id, '_error')]")
    return {
        one.get("id").removeprefix("id_").removesuffix("_error"): one.text_content()
        for one in found
    }


def test_each_fault_of_a_gate_is_said_where_it_is() -> None:
    nyoman = of_dinkes("nyoman")
    url = f"{PAGES}gates/write/"
    wrong = {
        "g_new_normal_0_below": "abc",
        "g_new_normal_1_days": "-1",
        "g_new_normal_2_below": "3",
        "g_new_normal_2_least": "4",
        "g_recovery_0_below": "",
        "g_recovery_0_least": "",
        "g_recovery_1_days": "",
        "s_-": [],
        "g_-_0_below": "5",
        "w_0_from": "100",
        "w_0_again_below": "200",
        "decide_hours": "0",
    }
    page = nyoman.post(url, typed(nyoman, "gates", **wrong))
    assert "baris 1, di bawah: Ini bukan bilangan" in words(page, 422)
    said = errors_of(page)
    assert "Ini bukan bilangan" in said["g_new_normal_0_below"]
    for one in ("g_new_normal_1_days", "g_recovery_1_days"):
        assert "1 sampai 28 hari" in said[one]
    for one in ("g_new_normal_2_least", "g_recovery_0_below"):
        assert "salah satu saja" in said[one]
    assert "Pilih indikatornya" in said["g_-_0_indicator"]
    assert "w_0_again_below" in said
    assert "720" in said["decide_hours"]


def test_sent_twice_a_version_is_stored_once_and_waits_for_a_colleague() -> None:
    nyoman, gede = of_dinkes("nyoman"), of_dinkes("gede")
    before = len(versions_of(Kind.RT_ZONE))
    form = typed(nyoman, "rt_zone", red_least="9")
    for _time in range(2):
        assert nyoman.post(f"{PAGES}rt_zone/write/", form).status_code == 302
    assert len(versions_of(Kind.RT_ZONE)) == before + 1
    row = versions_of(Kind.RT_ZONE)[0]
    url = f"{PAGES}{row.pk}/confirm/"
    shown = gede.get("/staff/").content.decode()
    assert "Pastikan pedoman baru" in shown
    assert url in shown
    assert gede.get(url)["Location"] == f"{PAGES}#version-{row.pk}"
    assert f'id="version-{row.pk}"' in gede.get(PAGES).content.decode()
    gede.post(url)
    assert "Pastikan pedoman baru" not in words(gede.get("/staff/"))
    nyoman.post(f"{PAGES}rt_zone/write/", form)  # confirmed meanwhile: a new one
    assert len(versions_of(Kind.RT_ZONE)) == before + 2


def test_a_phase_needs_a_gate_that_leads_to_it() -> None:
    nyoman = of_dinkes("nyoman")
    opened = {f"p3_{one.value}": "100" for one in Setting}
    phase = typed(nyoman, "phases", p3_name="Bebas", p3_name_en="All open", **opened)
    shown = words(nyoman.post(f"{PAGES}phases/write/", phase), 409)
    assert "Tulis dahulu gerbangnya" in shown
    need = {"indicator": "cases_weekly", "of": "village", "below": "5", "days": "14"}
    rows = {f"g_-_0_{name}": value for name, value in need.items()}
    gate = typed(nyoman, "gates", new_phase="All open", **rows)
    shown = words(nyoman.post(f"{PAGES}gates/write/", gate), 422)
    assert "Setiap syarat pindah perlu penanda tangan" in shown
    nyoman.post(f"{PAGES}gates/write/", gate | {"s_-": ["village_head"]})
    added = versions_of(Kind.GATES)[0].body["gates"][2]
    assert (added["to"], added["signs"]) == ("all_open", ["village_head"])
    assert [one["below"] for one in added["needs"]] == ["5"]
    nyoman.post(f"{PAGES}phases/write/", phase)
    assert versions_of(Kind.PHASES)[0].body["phases"][3]["code"] == "all_open"


def test_a_phase_is_added_and_one_taken_away() -> None:
    nyoman = of_dinkes("nyoman")
    opened = {f"p3_{one.value}": "100" for one in Setting if one != "festival"}
    gates = {"gates": [{"to": to} for to in ("new_normal", "all_open")]}
    Guidance.objects.create(
        kind=Kind.GATES, since=TOMORROW, body=gates, by="nyoman", at=now()
    )
    form = typed(
        nyoman,
        "phases",
        p1_name="",
        p1_name_en="",
        p3_name="Bebas",
        p3_name_en="All open",
        **opened,
    )
    nyoman.post(f"{PAGES}phases/write/", form)
    phases = versions_of(Kind.PHASES)[0].body["phases"]
    assert [one["code"] for one in phases] == ["emergency", "new_normal", "all_open"]
    assert phases[2]["settings"]["mosque"] == 100
    assert phases[2]["settings"]["festival"] == 0


def test_what_waits_is_compared_with_what_holds() -> None:
    nyoman = of_dinkes("nyoman")
    nyoman.post(f"{PAGES}rt_zone/write/", typed(nyoman, "rt_zone", yellow_least="2"))
    shown = words(nyoman.get("/guidance/rt_zone/compare/"))
    assert "Kuning berbeda 1 sampai 2 rumah 2 rumah" in shown


def test_guidance_says_places_and_grounds_as_the_page_of_today_does() -> None:
    cast.places()
    english = cast.english(Client())
    shown = words(english.get("/guidance/phases/"))
    assert "Weddings and family feasts" in shown
    assert "Example phases of a new normal" in shown
    assert "Contoh fase" not in shown
    assert "Pernikahan dan hajatan" in words(Client().get("/guidance/phases/"))
