"""Pages of signals: what is missing is said, and nothing of ours is called official."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import today
from smartkampung.reopening.signals.actions.province import import_province
from smartkampung.reopening.signals.models import (
    DayReport,
    OfficialColour,
    PublishedWeek,
)
from smartkampung.reopening.signals.rules.files import ProvinceRow
from smartkampung.reopening.signals.rules.weeks import WEEK, monday_of
from smartkampung.residents.imports import source
from tests import cast
from tests.cast import KECAMATAN, OTHER_KECAMATAN, REGENCY
from tests.domain.imports.conftest import read_here
from tests.signals import NOW, TODAY, kadek_account

pytestmark = pytest.mark.django_db
STAFF = "/staff/signals/"
DAY = timedelta(days=1)


@pytest.fixture
def kadek(client: Client) -> Client:
    """Kadek of Dinkes, who reads English."""
    return cast.english(cast.sign_in(client, kadek_account()))


def words(answer: Any, status: int = 200) -> str:
    """Return what people read."""
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def report(kadek: Client, kind: str, status: int = 302, **told: Any) -> Any:
    base = {"on": f"{today() - DAY:%Y-%m-%d}", "source": "Laporan harian"}
    answer = kadek.post(f"{STAFF}reports/{kind}/enter/", {**base, **told})
    assert answer.status_code == status
    return answer


def test_every_indicator_that_is_missing_says_so(kadek: Client) -> None:
    shown = words(kadek.get(STAFF))
    assert "No official colour was written down up to this day." in shown
    assert "No case was registered in the regency up to this day." in shown
    assert "The level of PPKM cannot be decided yet: an indicator is missing." in shown
    assert "Ours: 0 met, 0 not met, 14 cannot be decided yet." in shown
    assert "Not computed: This program does not record it." in shown
    assert "computes no official score" in shown
    assert "Green is never assumed" in shown


def test_a_day_of_beds_is_entered_and_read_as_a_capacity(kadek: Client) -> None:
    report(kadek, "beds", place="RSUD Contoh", beds=60, occupied=50)
    shown = words(kadek.get(STAFF))
    assert "Beds for COVID-19 that are taken 83.3% limited" in shown
    listed = words(kadek.get(f"{STAFF}reports/beds/"))
    assert "RSUD Contoh 60 50" in listed


def test_wrong_numbers_are_named_at_their_field(kadek: Client) -> None:
    answer = report(kadek, "tests", 422, tested=5, positive=6)
    assert "More are positive than were tested. Exchange the two?" in words(answer, 422)
    empty = words(report(kadek, "patients", 422, admitted="", died="x"), 422)
    assert empty.count("Write a whole number; 0 where there was none.") >= 2
    ahead = f"{today() + timedelta(days=1):%Y-%m-%d}"
    answer = report(kadek, "tests", 422, tested=5, positive=1, on=ahead)
    assert "This day has not come yet." in words(answer, 422)
    assert not DayReport.objects.exists()


def test_more_patients_than_beds_is_asked_about_once(kadek: Client) -> None:
    told: dict[str, Any] = {"place": "RSUD Contoh", "beds": 60, "occupied": 66}
    answer = report(kadek, "beds", 422, **told)
    assert "More beds are taken than there are. Is that right?" in words(answer, 422)
    report(kadek, "beds", sure="on", **told)
    assert DayReport.objects.get().occupied == 66


def test_a_hospital_never_heard_of_is_asked_about_once(kadek: Client) -> None:
    report(kadek, "beds", place="RSUD Contoh Utara", beds=60, occupied=6)
    told: dict[str, Any] = {"place": "RSUD Contoh Utra", "beds": 60, "occupied": 6}
    asked = words(report(kadek, "beds", 409, **told), 409)
    assert "(did you mean “RSUD Contoh Utara”?)" in asked
    assert "Yes, this place is new: it never told before" in asked
    report(kadek, "beds", new_place="on", **told)
    assert DayReport.objects.count() == 2


def test_a_place_in_a_file_never_heard_of_is_asked_about(
    kadek: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "read", read_here)
    report(kadek, "tests", place="Lab Contoh", tested=50, positive=5)
    at = upload(kadek, f"tanggal;lab;diperiksa;positif\n{today()};Lab Contho;60;5\n")
    page = kadek.get(at)
    assert "(did you mean “Lab Contoh”?)" in words(page)
    mark = re.search(r'name="seen" value="(\w+)"', page.content.decode())
    assert mark is not None
    seen = {"seen": mark[1]}
    assert "or say that it is new" in words(kadek.post(f"{at}take/", seen), 409)
    assert kadek.post(f"{at}take/", {**seen, "new_places": "on"}).status_code == 302
    assert DayReport.objects.count() == 2


def test_a_correction_says_why_and_both_versions_stay(kadek: Client) -> None:
    report(kadek, "tests", tested=50, positive=5)
    answer = report(kadek, "tests", 409, tested=50, positive=6)
    assert "Say why it changes." in words(answer, 409)
    report(kadek, "tests", tested=50, positive=6, reason="Salah hitung")
    row = DayReport.objects.get(version=2)
    shown = words(kadek.get(f"{STAFF}report/{row.pk}/"))
    assert "Why it changed: Salah hitung" in shown
    assert "stood before" in shown
    back = kadek.post(f"{STAFF}report/{row.pk}/take-back/", {"reason": ""})
    assert back.status_code == 422
    back = kadek.post(f"{STAFF}report/{row.pk}/take-back/", {"reason": "Hari lain"})
    assert back.status_code == 302
    assert "taken back" in words(kadek.get(f"{STAFF}reports/tests/"))


def test_an_official_colour_stands_with_its_source(kadek: Client) -> None:
    told = {"on": f"{today() - DAY:%Y-%m-%d}", "colour": "orange"}
    wrong = kadek.post(f"{STAFF}colours/add/", {**told, "source_url": "koran"})
    assert "Give the address of the source" in words(wrong, 422)
    url = "https://contoh.id/zona"
    assert (
        kadek.post(f"{STAFF}colours/add/", {**told, "source_url": url}).status_code
        == 302
    )
    html = kadek.get(STAFF).content.decode()
    assert f'href="{url}"' in html
    assert "Orange" in html
    again = kadek.post(
        f"{STAFF}colours/add/", {**told, "colour": "red", "source_url": url}
    )
    assert again.status_code == 409
    assert OfficialColour.objects.count() == 1


def test_another_day_is_read_as_it_was_prescribed_then(kadek: Client) -> None:
    shown = words(kadek.get(f"{STAFF}?day=2020-07-12"))
    assert "No levels of PPKM were prescribed on this day." in shown
    assert "15 cannot be decided yet" in shown
    assert "This day still runs" not in shown
    assert "This day still runs" in words(kadek.get(f"{STAFF}?day={today()}"))
    wrong = words(kadek.get(f"{STAFF}?day=2020-13-12"))
    assert "Write the day as 2020-05-28." in wrong
    early = words(kadek.get(f"{STAFF}?day=1999-01-01"))
    assert "Choose a day from" in early


def test_who_only_reads_enters_nothing(client: Client) -> None:
    ratna = cast.sign_in(client, cast.dr_ratna())
    assert ratna.get(STAFF).status_code == 200
    assert ratna.get(f"{STAFF}reports/tests/enter/").status_code == 403
    told = {"on": "2020-07-12", "colour": "red", "source_url": "https://contoh.id"}
    assert ratna.post(f"{STAFF}colours/add/", told).status_code == 403


def test_what_is_no_kind_is_not_there(kadek: Client) -> None:
    assert kadek.get(f"{STAFF}reports/masks/").status_code == 404
    assert kadek.get(f"{STAFF}report/0/").status_code == 404


def test_the_province_has_its_days_gaps_and_rt(kadek: Client) -> None:
    assert "No series of the province yet" in words(kadek.get(f"{STAFF}province/"))
    days = [TODAY - timedelta(days=back) for back in range(40) if back != 2]
    rows = [ProvinceRow(day, 100, 80, 4, None, "A") for day in days]
    import_province(rows=rows, by="cli:test", at=NOW)
    shown = words(kadek.get(f"{STAFF}province/"))
    assert "1 day is not known; it stays a gap." in shown
    assert re.search(r"1 \(0\.9\d to 1\.0\d\)|1\.0\d? \(0\.9\d to 1\.\d+\)", shown)
    assert "A day of the series is not known." in shown


def test_everybody_reads_whole_weeks_and_no_small_count(client: Client) -> None:
    cast.english(client)
    cast.staff("bupati", Role.LEADERSHIP, REGENCY)
    assert "No week was told yet" in words(client.get("/signals/"))
    week = monday_of(TODAY)
    for monday, here, there in ((week, None, None), (week - WEEK, 9, 6)):
        whole = 12 if here is None else 15
        for place, count in ((KECAMATAN, here), (OTHER_KECAMATAN, there)):
            PublishedWeek.objects.create(week=monday, region=place, cases=count, at=NOW)
        PublishedWeek.objects.create(week=monday, region=REGENCY, cases=whole, at=NOW)
    PublishedWeek.objects.create(
        week=week - 3 * WEEK, region=KECAMATAN, cases=7, whole=False, at=NOW
    )
    early = week - 2 * WEEK
    PublishedWeek.objects.create(week=early, region=KECAMATAN, told=False, at=NOW)
    answer = client.get("/signals/")
    shown = words(answer)
    assert "Lereng not shown 9 no report at least 7" in shown
    assert "Blambangan, all together 12 15 no report no report" in shown
    assert "Rt" not in shown
    assert "max-age=300" in answer["Cache-Control"]


def upload(kadek: Client, content: str, kind: str = "tests") -> Any:
    """Let Kadek bring a file, and have it read."""
    told = SimpleUploadedFile("tes.csv", content.encode())
    answer = kadek.post(f"{STAFF}reports/{kind}/file/", {"file": told})
    assert answer.status_code == 302
    run_waiting()
    return answer["Location"]


def test_a_file_is_looked_at_before_anything_is_written(
    kadek: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "read", read_here)
    report(kadek, "tests", tested=50, positive=5)
    yesterday = today() - DAY
    at = upload(
        kadek,
        "tanggal;diperiksa;positif\n"
        f"{yesterday};60;5\n{yesterday - DAY};0;0\n{yesterday - 2 * DAY};x;0\n",
    )
    shown = words(kadek.get(at))
    assert "1 new report 1 report that changes 0 stand so already" in shown
    assert "50 → 60 5 → 5" in shown
    assert "B4 diperiksa x Write a whole number; 0 where there was none." in shown
    mark = re.search(r'name="seen" value="(\w+)"', kadek.get(at).content.decode())
    assert mark is not None
    seen = {"seen": mark[1]}
    assert "Say why it changes." in words(kadek.post(f"{at}take/", seen), 409)
    done = kadek.post(f"{at}take/", {**seen, "reason": "Rekap"})
    assert done.status_code == 302
    assert "Reports written: 2, by Kadek Ayu" in words(kadek.get(at))
    again = kadek.post(f"{at}take/", {**seen, "reason": "Rekap"})
    assert "was taken or left already" in words(again, 409)
    assert kadek.post(f"{at}leave/").status_code == 302


def test_an_empty_file_is_fetched_in_both_forms(kadek: Client) -> None:
    shown = words(kadek.get(f"{STAFF}reports/beds/file/"))
    assert "rumah_sakit the name of the hospital or laboratory" in shown
    csv = kadek.get(f"{STAFF}reports/beds/file/empty.csv")
    assert csv.content.decode("utf-8-sig").strip() == (
        "tanggal;rumah_sakit;tempat_tidur;terisi;sumber"
    )
    book = kadek.get(f"{STAFF}reports/beds/file/empty.xlsx")
    assert book.content.startswith(b"PK")
    assert kadek.get(f"{STAFF}reports/beds/file/empty.pdf").status_code == 404
    nothing = kadek.post(f"{STAFF}reports/beds/file/", {})
    assert "Choose the file with the reports." in words(nothing, 422)
