"""dr. Ratna tells who is ill; Sari sees colours of her village, and nobody's name."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Access, Event
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.reopening.cases.actions import files as file_actions
from smartkampung.reopening.cases.actions.deciding import decide_day
from smartkampung.reopening.cases.actions.doubting import open_doubt
from smartkampung.reopening.cases.actions.recording import (
    Origin,
    Told,
    correct_case,
    record_case,
    write,
)
from smartkampung.reopening.cases.models import Case, CaseFile, Heard
from smartkampung.residents.imports import source
from smartkampung.web.zones import present
from tests import cast
from tests.cast import FAR_AWAY, HERE, KECAMATAN, NEXT_DOOR, REGENCY, RT_HERE
from tests.confirmed import DAY, RATNA, case, houses, none_here, noon
from tests.domain.imports.conftest import read_here
from tests.economy import words
from tests.population import WAYAN_NIK, actor, wayan

pytestmark = pytest.mark.django_db
PAGES = "/staff/zones/"


@pytest.fixture
def ratna(client: Client) -> Client:
    """dr. Ratna signed in, reading Indonesian."""
    return cast.sign_in(client, cast.dr_ratna())


@pytest.fixture
def sari() -> Client:
    """Sari signed in, reading Indonesian."""
    return cast.sign_in(Client(), cast.sari())


def typed(**changes: str) -> dict[str, str]:
    """Return what she types for a case of yesterday."""
    yesterday = (today() - timedelta(days=1)).isoformat()
    form = {"name": "Komang", "nik": "", "village": HERE, "rw": "2", "rt": "7"}
    form |= {"address": "Mawar 5", "confirmed_on": yesterday, "outcome": "ill"}
    return form | {"outcome_on": ""} | changes


def test_isolation_says_otherwise_and_somebody_answers(ratna: Client) -> None:
    row = case(name="Komang")
    open_doubt(row, at=now())
    cast.english(ratna)
    at = f"/staff/zones/cases/{row.pk}/"
    assert "Isolation took the class of a confirmed case back" in words(ratna.get(at))
    after = ratna.post(f"{at}leave/", follow=True)
    assert "Written down: it stays as it is." in words(after)
    assert "Isolation took" not in words(after)


def test_she_records_corrects_and_withdraws_a_case(ratna: Client) -> None:
    shown = words(ratna.post(f"{PAGES}cases/new/", typed(), follow=True))
    assert "Komang sakit" in shown
    assert "RT 007 / RW 002, Sumberwangi; Mawar 5" in shown
    act_as(Kind.JOB)
    first = Case.objects.get()
    change = typed(name="Komang Adi", reason="Nama kurang lengkap")
    shown = words(ratna.post(f"{PAGES}cases/{first.pk}/correct/", change, follow=True))
    assert "Komang Adi sakit" in shown
    assert "Nama kurang lengkap" in shown
    act_as(Kind.JOB)
    better = Case.objects.get(withdrawn_at=None)
    url = f"{PAGES}cases/{better.pk}/withdraw/"
    assert "Jelaskan alasannya" in words(ratna.post(url, {"reason": ""}), 422)
    shown = words(ratna.post(url, {"reason": "Hasil tertukar"}, follow=True))
    assert "Hasil tertukar" in shown
    assert "Komang Adi" not in words(ratna.get(f"{PAGES}cases/"))


def test_she_is_told_where_no_house_was_named(ratna: Client) -> None:
    told = typed(address="Dusun Krajan")
    shown = words(ratna.post(f"{PAGES}cases/new/", told, follow=True))
    assert "dihitung sebagai satu rumah sendiri" in shown


def test_what_cannot_be_is_said_beside_its_field(ratna: Client) -> None:
    url = f"{PAGES}cases/new/"
    assert "RT ini tidak ada di desa itu" in words(ratna.post(url, typed(rt="8")), 422)
    assert "NIK harus 16 angka" in words(ratna.post(url, typed(nik="123")), 422)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    late = words(ratna.post(url, typed(confirmed_on=tomorrow)), 422)
    assert "Tanggal konfirmasi paling lambat hari ini." in late
    ended = words(ratna.post(url, typed(outcome="died")), 422)
    assert "Tuliskan tanggal orang ini sembuh atau meninggal." in ended
    ratna.post(url, typed())
    assert "sudah tercatat" in words(ratna.post(url, typed()), 409)


def test_every_look_at_who_is_ill_is_written_down(ratna: Client) -> None:
    resident = wayan()
    case(today(), name="Wayan", nik=WAYAN_NIK, at=now())
    assert "Wayan" in words(ratna.get(f"{PAGES}cases/"))
    looks = Access.objects.filter(person_id=resident.pk, by="ratna")
    assert list(looks.values_list("purpose", flat=True)) == ["cases.page"]


def test_a_look_at_who_is_in_no_registry_is_written_down(ratna: Client) -> None:
    row = case(today(), at=now())
    assert "Komang" in words(ratna.get(f"{PAGES}cases/{row.pk}/"))
    seen = Event.objects.get(name="cases.seen")
    assert (seen.by, seen.target_id) == ("ratna", str(row.pk))


def test_what_stood_elsewhere_before_a_correction_is_not_shown(ratna: Client) -> None:
    cast.places()
    act_as(Kind.JOB)
    maya = actor(Role.DINKES, REGENCY, username="maya")
    told = Told(name="Komang", place=FAR_AWAY, confirmed_on=today())
    old = record_case(told=told, by=maya, at=now())
    moved = replace(told, place=RT_HERE)
    new = correct_case(case=old, told=moved, reason="Pindah", by=maya, at=now())
    assert "Pindah" not in words(ratna.get(f"{PAGES}cases/{new.pk}/"))


def test_who_sees_zones_only_sees_no_case(sari: Client) -> None:
    row = case(today(), name="Komang", address="Mawar 5", at=now())
    shown = words(sari.get(f"{PAGES}{HERE}/"))
    assert "RT 007 / RW 002 1 kuning" in shown
    assert "Komang" not in shown
    assert sari.get(f"{PAGES}cases/").status_code == 403
    assert sari.get(f"{PAGES}cases/{row.pk}/").status_code == 403
    assert sari.get(f"{PAGES}{NEXT_DOOR}/").status_code == 404


def test_a_day_shows_what_was_decided_and_what_is_known_now(sari: Client) -> None:
    houses(1)
    decide_day(on=DAY, at=noon(DAY + timedelta(days=1)))
    for number in range(10):
        case(
            name=f"Susulan {number}",
            address=f"Melati {number}",
            at=noon(DAY + timedelta(days=2)),
        )
    day = f"{PAGES}{HERE}/?on={DAY.isoformat()}"
    assert "1 kuning" in words(sari.get(day))
    assert "Seperti diputuskan saat hari itu berakhir" in words(sari.get(day))
    assert "11 merah" in words(sari.get(f"{day}&known=today"))
    assert "Belum ada aturan" in words(sari.get(f"{PAGES}{HERE}/?on=2021-02-08"))
    assert "Pilih tanggal sampai hari ini." in words(sari.get(f"{PAGES}{HERE}/?on=x"))


def test_a_puskesmas_says_that_there_was_no_case(ratna: Client) -> None:
    assert "tidak dapat diputuskan" in words(ratna.get(f"{PAGES}{HERE}/"))
    form = {"villages": [HERE, NEXT_DOOR], "since": today().isoformat()}
    ratna.post(f"{PAGES}cases/none/", form | {"last": today().isoformat()})
    assert Heard.objects.count() == 2
    shown = words(ratna.get(f"{PAGES}{HERE}/"))
    assert "RT 007 / RW 002 0 hijau" in shown
    late = form | {"last": date(2050, 1, 1).isoformat()}
    assert "paling banyak 31" in words(ratna.post(f"{PAGES}cases/none/", late), 409)


def test_a_kecamatan_has_a_table_of_its_villages(client: Client) -> None:
    none_here(today(), at=now())
    cast.sign_in(client, cast.camat())
    shown = words(client.get(f"{PAGES}{KECAMATAN}/"))
    assert "Sumberwangi 0 0 0 1 0 Karangjati 0 0 0 0 1" in shown


LINES = """nama,nik,desa,rw,rt,alamat,tanggal_konfirmasi,hasil,tanggal_hasil
Wayan,{nik},,,,,{day},,
Made,,Sumberwangi,002,007,Mawar 5,{day},sembuh,{day}
Tamu,,Sumberwangi,,,,{day},sakit,
Salah desa,,Antah Berantah,,,,{day},,
Salah RT,,Sumberwangi,002,099,,{day},,
Salah hasil,,Sumberwangi,,,,{day},terbang,
Salah akhir,,Sumberwangi,,,,{day},sembuh,
"""


def test_a_file_is_looked_at_first_and_then_written(
    ratna: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "read", read_here)
    wayan()
    text = LINES.format(nik=WAYAN_NIK, day=today().isoformat())
    given = SimpleUploadedFile("kasus.csv", text.encode())
    ratna.post(f"{PAGES}cases/files/", {"file": given})
    run_waiting()
    act_as(Kind.JOB)
    file = CaseFile.objects.get()
    shown = words(ratna.get(f"{PAGES}cases/files/{file.pk}/"))
    assert (file.total, file.rejected) == (3, 4)
    for cell, said in (("C5", "Tulis kodenya"), ("E6", "Tulis RW dan RT")):
        assert f"{cell} " in shown
        assert said in shown
    assert "sakit, sembuh, meninggal" in shown
    rejected = ratna.get(f"{PAGES}cases/files/{file.pk}/rejected/")
    assert rejected.content.startswith(b"PK")
    ratna.post(f"{PAGES}cases/files/{file.pk}/take/")
    run_waiting()
    act_as(Kind.JOB)
    assert dict(Case.objects.values_list("name", "region_code")) == {
        "Wayan": RT_HERE,
        "Made": RT_HERE,
        "Tamu": HERE,
    }
    assert "Kasus tercatat: 3" in words(ratna.get(f"{PAGES}cases/files/{file.pk}/"))
    act_as(Kind.JOB)
    assert CaseFile.objects.get().rows is None


def test_a_file_can_be_left(ratna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "read", read_here)
    given = SimpleUploadedFile("kasus.csv", b"nama,umur\nMade,3\n")
    ratna.post(f"{PAGES}cases/files/", {"file": given})
    run_waiting()
    act_as(Kind.JOB)
    file = CaseFile.objects.get()
    assert file.state == "unusable"
    url = f"{PAGES}cases/files/{file.pk}/"
    assert "tanggal_konfirmasi" in words(ratna.get(url))
    shown = words(ratna.post(f"{url}leave/", follow=True))
    assert "sudah diambil atau ditinggalkan" in shown


def test_a_place_is_green_only_where_all_of_it_is_known() -> None:
    assert present.worst(Counter(green=5, unknown=30)) is None
    assert present.worst(Counter(green=5)) == "green"
    assert present.worst(Counter(yellow=1, unknown=30)) == "yellow"


def test_every_fault_of_a_case_is_told_at_once(ratna: Client) -> None:
    tomorrow = (today() + timedelta(days=1)).isoformat()
    wrong = typed(name="", rt="99", confirmed_on=tomorrow, outcome="died")
    shown = words(ratna.post(f"{PAGES}cases/new/", wrong), 422)
    for told in (
        "Ketik nama orangnya.",
        "RT ini tidak ada di desa itu",
        "Tanggal konfirmasi paling lambat hari ini.",
        "Tuliskan tanggal orang ini sembuh atau meninggal.",
    ):
        assert told in shown
    yesterday = (today() - timedelta(days=1)).isoformat()
    ill = typed(outcome_on=yesterday)
    shown = words(ratna.post(f"{PAGES}cases/new/", ill), 422)
    assert "Kosongkan tanggal ini selama orangnya masih sakit." in shown
    before = typed(outcome="recovered", outcome_on="2020-05-01")
    shown = words(ratna.post(f"{PAGES}cases/new/", before), 422)
    assert "Tanggal ini sesudah hari konfirmasi" in shown


def test_a_row_that_stands_twice_is_named_as_a_row(
    ratna: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "read", read_here)
    line = f"Komang;{today()};Sumberwangi;Mawar 5\n"
    text = f"nama;tanggal_konfirmasi;desa;alamat\n{line}{line}"
    at = ratna.post(
        f"{PAGES}cases/files/",
        {"file": SimpleUploadedFile("kasus.csv", text.encode())},
    )["Location"]
    run_waiting()
    assert "Baris 3 semua sama dengan baris 2" in words(ratna.get(at))
    monkeypatch.setattr(file_actions, "MOST", 1)
    at = ratna.post(
        f"{PAGES}cases/files/",
        {"file": SimpleUploadedFile("kasus.csv", text.encode())},
    )["Location"]
    run_waiting()
    assert "lebih dari 1 baris" in words(ratna.get(at))


def test_two_of_one_name_are_two_people_when_she_says_so(ratna: Client) -> None:
    ratna.post(f"{PAGES}cases/new/", typed())
    act_as(Kind.JOB)
    here = Case.objects.get()
    told = Told("Komang", RT_HERE, here.confirmed_on, address="Melati 9")
    write(told, Origin(source=Case.Source.HOUSE), by=RATNA, at=now())
    page = f"{PAGES}cases/{here.pk}/"
    shown = words(ratna.get(page))
    assert "Apakah ini orang yang sama? Komang," in shown
    assert "Melati 9 (dari isolasi)" in shown
    said = words(ratna.post(f"{page}two/", follow=True))
    assert "Sudah dicatat: mereka dua orang." in said
    assert Event.objects.filter(name="cases.two_people").count() == 1
