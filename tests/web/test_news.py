"""The camat announces, RT heads answer, and a village tells its residents by phone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.frontline.voice.actions.errors import Doubtful
from smartkampung.frontline.voice.models import Announcement, Attachment, Broadcast
from smartkampung.frontline.voice.queries.announcements import own_task
from smartkampung.frontline.voice.rules import broadcasting as rules
from smartkampung.frontline.voice.rules.asking import Ask
from smartkampung.intake.actions.upkeep import clean_up
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import WIB, now, today
from smartkampung.notify.adapters.fake import OUTBOX
from smartkampung.residents.actions.consents import change_consent
from smartkampung.residents.rules.consents import Purpose
from tests.cast import (
    FAR_AWAY,
    HERE,
    KECAMATAN,
    REGENCY,
    RT_HERE,
    camat,
    sign_in,
    staff,
)
from tests.economy import words
from tests.pictures import jpeg
from tests.population import family, person
from tests.speaking import WORDS, asked, heads, rights, said

pytestmark = pytest.mark.django_db
PAGES = "/staff/news/"
MORNING = datetime(2026, 11, 30, 9, 0, tzinfo=WIB)
PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n%%EOF"
FORM = {
    "region_code": KECAMATAN,
    "title": "Timbang balita",
    "body": WORDS,
    "asks": "acknowledge",
    "public": "on",
}


@pytest.fixture(autouse=True)
def _morning(settings: Settings) -> Iterator[None]:
    settings.MESSAGES = "fake"
    OUTBOX.reset()
    with time_machine.travel(MORNING, tick=False):
        yield
    OUTBOX.reset()


def enter(account: Staff) -> Client:
    return sign_in(Client(), account)


def test_an_announcement_is_written_read_and_taken_note_of() -> None:
    endang, people = camat(), heads()
    office, rt = enter(endang), enter(people["rt"])
    photo = SimpleUploadedFile("balai.jpg", jpeg().read(), "image/jpeg")
    letter = SimpleUploadedFile("undangan.pdf", PDF, "application/pdf")
    answer = office.post(f"{PAGES}write/", FORM | {"file_1": photo, "file_2": letter})
    row = Announcement.objects.get()
    assert answer.headers["Location"] == f"{PAGES}{row.pk}/"
    assert "Kabar untuk Anda: Timbang balita" in words(rt.get("/staff/"))
    shown = words(rt.get(f"{PAGES}{row.pk}/"))
    assert WORDS in shown
    assert "Anda diminta menyatakan bahwa Anda tahu" in shown
    kept = list(Attachment.objects.order_by("pk"))
    assert [one.kind for one in kept] == ["photo", "pdf"]
    pdf = rt.get(f"{PAGES}{row.pk}/files/{kept[1].pk}/")
    assert (pdf.content, pdf.headers["Content-Disposition"][:10]) == (PDF, "attachment")
    rt.post(f"{PAGES}{row.pk}/acknowledge/")
    assert "Kabar untuk Anda" not in words(rt.get("/staff/"))
    counted = words(office.get(f"{PAGES}{row.pk}/readers/?area={HERE}"))
    assert "1 dari 3 sudah menyatakan tahu" in counted
    assert "Belum di Sumberwangi Ketut Sudana" in counted
    assert "tanpa pesan: telepon atau datangi" in counted
    assert "Hilang" not in counted
    assert "Made Artha" not in counted


@pytest.mark.parametrize(
    ("changes", "status", "said_"),
    [
        ({"title": ""}, 422, "Tulis judul"),
        ({"body": "NIK 3510091204850003 datang"}, 422, "nomor"),
        ({"region_code": FAR_AWAY}, 422, "Pilih"),
        ({"asks": "act", "roles": ["rt_head"]}, 422, "paling lambat hari apa"),
        ({"roles": ["checkpoint_officer"]}, 409, "Tidak ada yang memegang"),
    ],
    ids=["no title", "a NIK", "elsewhere", "no day", "nobody"],
)
def test_what_cannot_be_announced_comes_back_with_what_to_do(
    changes: dict[str, Any], status: int, said_: str
) -> None:
    office, _people = enter(camat()), heads()
    assert said_ in words(office.post(f"{PAGES}write/", FORM | changes), status)
    assert not Announcement.objects.exists()


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (PDF.replace(b"/Type", b"/OpenAction << /JS (x) >> /Type"), 409),
        (PDF.replace(b"/Type", b"/#4aava#53cript (x) /Type"), 409),
        (PDF.replace(b"/Type", b"/Encrypt 1 0 R /Type"), 409),
        (b"MZ no picture", 422),
    ],
    ids=["script", "script in disguise", "locked", "program"],
)
def test_a_file_that_does_something_is_not_kept(content: bytes, status: int) -> None:
    office, _people = enter(camat()), heads()
    sent = SimpleUploadedFile("a.pdf", content, "application/pdf")
    answer = office.post(f"{PAGES}write/", FORM | {"file_1": sent})
    assert "PDF" in words(answer, status)
    assert not Attachment.objects.exists()


def test_everything_that_is_wrong_is_said_at_once() -> None:
    office, _people = enter(camat()), heads()
    letter = SimpleUploadedFile("surat.docx", b"PK\x03\x04 word", "application/msword")
    wrong = {"asks": "act", "title": "", "file_1": letter}
    shown = words(office.post(f"{PAGES}write/", FORM | wrong), 422)
    for what in ("Tulis judul", "paling lambat hari apa", "surat.docx", "jabatan mana"):
        assert what in shown, what


def test_a_name_with_an_illness_before_everybody_is_asked_about_once_more() -> None:
    office, _people = enter(camat()), heads()
    form = FORM | {"body": "Telp Bu Sari 081234567890, penderita covid di RT 001."}
    shown = words(office.post(f"{PAGES}write/", form), 422)
    for what in ("nomor telepon", "nama seseorang", "penyakit", "Sudah saya periksa"):
        assert what in shown, what
    hidden = {key: value for key, value in form.items() if key != "public"}
    assert office.post(f"{PAGES}write/", hidden).status_code == 302, "among officers"
    assert office.post(f"{PAGES}write/", form | {"sure": "on"}).status_code == 302
    with pytest.raises(Doubtful):
        said(Staff.objects.get(username="endang"), body=form["body"], public=True)


def test_the_page_says_to_whom_somebody_has_to_walk() -> None:
    head = heads()["head"]
    row = said(head, region_code=HERE, public=True)
    home(1)
    for number, phone in ((2, None), (3, "+6281200000003"), (4, "+6281200000001")):
        card = family(kk=None, region=RT_HERE, phone=phone)
        person(f"Warga {number}", household=card)
    form = {"region_code": HERE, "wording": "broadcast_news"}
    shown = words(enter(head).post(f"{PAGES}{row.pk}/send/", form))
    assert "Dari 4 keluarga di sana, 1 tanpa ponsel dan 1 belum setuju" in shown
    assert "RT 007" in shown


def test_a_task_is_done_on_its_page_and_gone_from_the_list() -> None:
    endang, people = camat(), heads()
    row = asked(endang)
    task = own_task(rights(people["rt"]), row)
    assert task is not None
    rt = enter(people["rt"])
    assert "Lakukan yang diminta pengumuman" in words(rt.get("/staff/"))
    url = f"{PAGES}tasks/{task.pk}/"
    assert "Tulis apa yang dilakukan" in words(rt.post(url, {"note": ""}), 422)
    rt.post(url, {"note": "Poster dipasang."})
    assert "Lakukan yang diminta pengumuman" not in words(rt.get("/staff/"))
    assert "Poster dipasang." in words(rt.get(f"{PAGES}{row.pk}/"))
    assert "endang" not in words(rt.post(url, {"note": "lagi"}), 409)
    assert enter(people["rt_next"]).get(url).status_code == 404


def test_a_photo_of_the_news_outlives_the_nightly_clean_up(
    django_capture_on_commit_callbacks: Any,
) -> None:
    endang, _people = camat(), heads()
    office = enter(endang)
    photo = SimpleUploadedFile("balai.jpg", jpeg().read(), "image/jpeg")
    office.post(f"{PAGES}write/", FORM | {"file_1": photo})
    one = Attachment.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        assert clean_up(at=now() + timedelta(days=9))["photos"] == 0
    url = f"/news/{one.announcement_id}/files/{one.pk}/"
    assert Client().get(url).status_code == 200


def test_withdrawn_stands_marked_for_staff_and_residents() -> None:
    endang, _people = camat(), heads()
    row = said(endang, public=True)
    office = enter(endang)
    office.post(f"{PAGES}{row.pk}/withdraw/", {"reason": "Hari diganti."})
    shown = words(office.get(f"{PAGES}{row.pk}/"))
    assert "Tidak berlaku lagi sejak" in shown
    assert WORDS in shown
    assert "Hari diganti." in words(Client().get(f"/news/{row.pk}/"), 410)
    again = office.post(f"{PAGES}{row.pk}/withdraw/", {"reason": "x"})
    assert "sudah ditarik" in words(again, 409)


def test_residents_read_nothing_of_what_was_withdrawn_but_why() -> None:
    endang, _people = camat(), heads()
    office, resident = enter(endang), Client()
    photo = SimpleUploadedFile("balai.jpg", jpeg().read(), "image/jpeg")
    office.post(f"{PAGES}write/", FORM | {"file_1": photo})
    one = Attachment.objects.get()
    page = f"/news/{one.announcement_id}/"
    assert resident.get(f"{page}files/{one.pk}/").status_code == 200
    shown = resident.get(page).content.decode()
    assert "Foto 1 dari pengumuman" in shown
    assert "balai.jpg" not in shown, "names of files may tell of somebody"
    assert "balai.jpg" in office.get(f"{PAGES}{one.announcement_id}/").content.decode()
    office.post(f"{PAGES}{one.announcement_id}/withdraw/", {"reason": "Salah."})
    for shown in (words(resident.get(page), 410), words(resident.get("/news/"))):
        assert WORDS not in shown
        assert "Timbang balita" not in shown
    assert resident.get(f"{page}files/{one.pk}/").status_code == 404
    staff_file = f"{PAGES}{one.announcement_id}/files/{one.pk}/"
    assert office.get(staff_file).status_code == 200


def test_residents_read_the_news_of_their_village_and_no_name(client: Client) -> None:
    endang, _people = camat(), heads()
    said(endang, public=True, title="Kantor tutup")
    said(endang, title="Khusus perangkat")
    said(endang, public=True, region_code="35.10.09.2004", title="Tetangga")
    shown = words(client.get(f"/news/?village={HERE}"))
    assert "Kantor tutup" in shown
    assert "Tetangga" not in shown
    assert "Khusus perangkat" not in words(client.get("/news/"))
    row = Announcement.objects.get(title="Kantor tutup")
    public = words(client.get(f"/news/{row.pk}/"))
    assert "Lereng" in public
    assert "Endang" not in public
    secret = Announcement.objects.get(title="Khusus perangkat")
    assert client.get(f"/news/{secret.pk}/").status_code == 404
    assert client.get("/news/?village=nowhere&page=x").status_code == 200


def home(number: int) -> None:
    card = family(kk=None, region=RT_HERE, phone=f"+62812000{number:05}")
    person(f"Warga {number}", household=card)
    change_consent(
        family_id=card.pk, purpose=Purpose.AREA_NEWS, given=True, by="test", at=now()
    )


def test_a_message_is_counted_agreed_to_and_sent() -> None:
    head = heads()["head"]
    row = said(head, region_code=HERE, public=True)
    home(1)
    office = enter(head)
    url = f"{PAGES}{row.pk}/send/"
    form = {"region_code": HERE, "wording": "broadcast_meeting"}
    assert "Pilih harinya" in words(office.post(url, form), 422)
    form["due_on"] = (today() + timedelta(days=1)).isoformat()
    shown = words(office.post(url, form))
    assert "1 keluarga" in shown
    assert "Rp700" in shown
    assert "warga berkumpul Selasa, 1 Desember 2026" in shown
    assert not Broadcast.objects.exists(), "shown, and not sent"
    home(2)
    changed = words(office.post(url, form | {"agreed": "1x2=700"}))
    assert "2 keluarga" in changed, "other numbers are shown first"
    office.post(url, form | {"agreed": "2x2=1400"})
    run_waiting()
    assert len(OUTBOX.sent) == 2
    listed = words(office.get(f"{PAGES}sent/"))
    assert "diserahkan: 2" in listed
    assert "Rp1.400" in listed
    assert "+62" not in listed
    again = office.post(url, form | {"agreed": "2x2=1400"})
    assert "sudah dikirim ke wilayah itu" in words(again, 409)


def test_a_colleague_allows_what_reaches_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LARGE_FAMILIES", 0)
    endang, head = camat(), heads()["head"]
    row = said(head, region_code=HERE, public=True)
    home(1)
    form = {"region_code": HERE, "wording": "broadcast_news"}
    asking, deciding = enter(head), enter(endang)
    counted = asking.post(f"{PAGES}{row.pk}/send/", form)
    assert "Minta izin rekan kerja" in words(counted)
    agreed = form | {"agreed": counted.context["form"]["agreed"].value()}
    asking.post(f"{PAGES}{row.pk}/send/", agreed)
    url = f"{PAGES}broadcasts/{Broadcast.objects.get().pk}/"
    assert "Izinkan pesan kepada banyak keluarga" in words(deciding.get("/staff/"))
    assert "Sebutkan alasannya" in words(deciding.post(url, {"allowed": "no"}), 422)
    deciding.post(url, {"allowed": "yes"})
    assert "sudah diputuskan" in words(deciding.post(url, {"allowed": "yes"}), 409)
    run_waiting()
    assert len(OUTBOX.sent) == 1


def test_a_warning_says_what_is_and_when_it_is_over() -> None:
    endang, head = camat(), heads()["head"]
    home(1)
    office, resident = enter(head), Client()
    form = FORM | {"region_code": HERE, "title": "Kerja bakti", "danger": "flood"}
    hidden = {key: value for key, value in form.items() if key != "public"}
    assert "untuk semua orang" in words(office.post(f"{PAGES}write/", hidden), 422)
    office.post(f"{PAGES}write/", form)
    row = Announcement.objects.get()
    assert "Peringatan: banjir" in words(resident.get(f"/news/{row.pk}/"))
    send = {"region_code": HERE, "wording": "broadcast_flood"}
    url = f"{PAGES}{row.pk}/send/"
    assert "bagaimana Anda tahu" in words(office.post(url, send), 422)
    send["grounds"] = "Air setinggi lutut di jembatan."
    counted = office.post(url, send)
    assert "juga malam hari" in words(counted)
    agreed = send | {"agreed": counted.context["form"]["agreed"].value()}
    office.post(url, agreed)
    waiting = f"{PAGES}broadcasts/{Broadcast.objects.get().pk}/"
    deciding = enter(endang)
    assert "Air setinggi lutut" in words(deciding.get(waiting))
    deciding.post(waiting, {"allowed": "yes"})
    run_waiting()
    left = office.post(f"{PAGES}{row.pk}/withdraw/", {"reason": "Air surut."})
    assert left.headers["Location"] == f"{PAGES}{row.pk}/call-off/"
    assert "1 ponsel menerima peringatan" in words(office.get(left.headers["Location"]))
    over = words(resident.get(f"/news/{row.pk}/"), 410)
    assert "Peringatan tidak berlaku lagi: banjir" in over
    assert "Kerja bakti" not in over
    assert "belum tahu" in words(office.get(f"{PAGES}{row.pk}/"))
    office.post(f"{PAGES}{row.pk}/call-off/")
    run_waiting()
    assert len(OUTBOX.sent) == 2
    assert "belum tahu" not in words(office.get(f"{PAGES}{row.pk}/"))
    again = words(office.post(f"{PAGES}{row.pk}/call-off/"), 409)
    assert "Tidak ada ponsel yang menunggu" in again


def test_other_announcements_offer_no_warning_to_phones() -> None:
    head = heads()["head"]
    row = said(head, region_code=HERE, public=True)
    shown = enter(head).get(f"{PAGES}{row.pk}/send/").content.decode()
    assert "broadcast_flood" not in shown
    assert "grounds" not in shown


def test_who_asked_is_told_whom_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LARGE_FAMILIES", 0)
    endang, _people = camat(), heads()
    staff("kadek", Role.KECAMATAN_OFFICER, KECAMATAN, name="Kadek Ayu")
    staff("bupati", Role.LEADERSHIP, REGENCY, name="Ibu Bupati")
    home(1)
    row = said(endang, public=True)
    asking = enter(endang)
    form = {"region_code": KECAMATAN, "wording": "broadcast_news"}
    counted = asking.post(f"{PAGES}{row.pk}/send/", form)
    agreed = form | {"agreed": counted.context["form"]["agreed"].value()}
    asking.post(f"{PAGES}{row.pk}/send/", agreed)
    page = words(asking.get(f"{PAGES}broadcasts/{Broadcast.objects.get().pk}/"))
    assert page.index("Kadek Ayu") < page.index("Ibu Bupati"), "the level above, too"


def test_a_budget_too_high_is_said_to_be_too_high() -> None:
    form = {"purse": HERE, "cap": "99999999999999"}
    assert "Terlalu banyak" in words(enter(camat()).post(f"{PAGES}budgets/", form), 422)


def test_the_area_above_changes_a_budget() -> None:
    office = enter(camat())
    url = f"{PAGES}budgets/"
    assert "Semua pesan bulan ini" not in words(office.get(url))
    assert "dengan angka saja" in words(
        office.post(url, {"purse": HERE, "cap": "x"}), 422
    )
    office.post(url, {"purse": HERE, "cap": "123000"})
    head = enter(heads()["head"])
    assert "dari Rp123.000" in words(head.get(f"{PAGES}sent/"))
    assert head.get(url).status_code == 403


def test_reading_is_enough_where_nothing_else_is_asked() -> None:
    endang, people = camat(), heads()
    row = said(endang, asks=Ask.READ)
    rt = enter(people["rt"])
    assert "1 pengumuman menunggu Anda" in words(rt.get(PAGES))
    rt.get(f"{PAGES}{row.pk}/")
    assert "sudah membaca semua kabar" in words(rt.get(PAGES))
