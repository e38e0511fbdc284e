"""Sari rewords a letter beside its picture, the head confirms it, anybody reads it."""

import io
from html import unescape
from typing import Any

import pytest
from django.test import Client
from lxml.html import fromstring
from pypdf import PdfReader

from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import today
from smartkampung.letters.catalogue.models import WordingVersion
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.catalogue.rules.reading import data_of
from smartkampung.letters.catalogue.shipped import shipped
from smartkampung.web.letters_open import kinds
from tests import cast
from tests.cast import HERE, KECAMATAN, NEXT_DOOR
from tests.economy import words

pytestmark = pytest.mark.django_db
PAGES = "/staff/letters/wordings/"


@pytest.fixture
def sari() -> Client:
    return cast.sign_in(Client(), cast.sari())


def head() -> Client:
    account = cast.staff("made", Role.VILLAGE_HEAD, HERE, name="Made Karya")
    return cast.sign_in(Client(), account)


def typed(client: Client, kind: str, **changes: Any) -> dict[str, Any]:
    """Return the form as it is offered, with a reason and what is changed."""
    page = fromstring(client.get(f"{PAGES}{kind}/write/").content.decode())
    offered = next(one for one in page.forms if "body_id" in one.fields)
    form: dict[str, Any] = {}
    for name, value in offered.form_values():
        form.setdefault(name, []).append(value)
    return form | {"note": "Perdes 3/2026", "action": "send"} | changes


def wrote(client: Client, kind: str = "sktm", **changes: Any) -> WordingVersion:
    form = typed(client, kind, **changes)
    answer = client.post(f"{PAGES}{kind}/write/", form, follow=True)
    assert answer.redirect_chain, words(answer, answer.status_code)
    return WordingVersion.objects.latest("pk")


@pytest.mark.parametrize("kind", ["moving", "birth", "widow", "crowd", "lost"])
def test_a_form_that_is_sent_as_it_is_writes_the_same(sari: Client, kind: str) -> None:
    """Nothing is lost on the way through boxes and back: every type of question."""
    row = wrote(sari, kind)
    assert row.body == data_of(shipped()[kind].kind)
    assert row.digest == shipped()[kind].digest


@pytest.mark.closes("letters.wording_confirm")
def test_what_sari_writes_holds_once_the_head_confirmed_it(sari: Client) -> None:
    text = "Menerangkan bahwa {subject.name} berpenghasilan {asked.income}."
    row = wrote(sari, body_id=text)
    held = wording_for("sktm", HERE, today())
    assert held
    assert not held.number
    assert "menunggu pengesahan" in words(sari.get(PAGES))
    made = head()
    work = words(made.get("/staff/"))
    assert "Sahkan naskah surat" in work, work
    shown = words(made.get(f"{PAGES}{row.pk}/confirm/"))
    assert "Sari Wulandari" in shown
    assert "berpenghasilan {asked.income}." in shown
    answer = made.post(f"{PAGES}{row.pk}/confirm/", follow=True)
    assert "atas nama Anda" in words(answer)
    held = wording_for("sktm", HERE, today())
    assert held
    assert held.kind.bodies["id"] == text
    assert "naskah sendiri" in words(sari.get(PAGES))
    assert "Disahkan oleh Made Karya" in words(sari.get(f"{PAGES}sktm/"))
    again = words(made.post(f"{PAGES}{row.pk}/confirm/", follow=True))
    assert "satu kali" in again


def camat() -> Client:
    """Sign the officer of the kecamatan in."""
    account = cast.staff("endang", Role.KECAMATAN_OFFICER, KECAMATAN)
    return cast.sign_in(Client(), account)


def test_a_step_less_is_told_and_confirmed_by_the_kecamatan(sari: Client) -> None:
    row = wrote(sari, steps=["check", "sign"])
    above = camat()
    shown = words(above.get(f"{PAGES}{row.pk}/confirm/"))
    assert "Meminta lebih sedikit dari yang berlaku di atasnya" in shown
    assert "langkah lebih sedikit" in shown
    assert "atas nama Anda" in words(
        above.post(f"{PAGES}{row.pk}/confirm/", follow=True)
    )


def test_a_step_of_what_is_law_is_not_left_out(sari: Client) -> None:
    form = typed(sari, "heirs", steps=["check", "sign"])
    shown = words(sari.post(f"{PAGES}heirs/write/", form), 409)
    assert "Surat ini diatur hukum di kabupaten Anda" in shown
    assert not WordingVersion.objects.exists()


def test_the_writer_does_not_confirm() -> None:
    client = camat()
    row = wrote(client)
    assert row.region_code == KECAMATAN
    shown = words(client.get(f"{PAGES}{row.pk}/confirm/"))
    assert "bukan penulisnya" in shown
    assert "Sudah saya baca" not in shown


def test_faults_are_told_with_line_and_column_and_nothing_is_written(
    sari: Client,
) -> None:
    form = typed(sari, "sktm", body_id="Nama : {subject.nmae}\n#set text(red)")
    answer = sari.post(f"{PAGES}sktm/write/", form)
    shown = unescape(words(answer, 422))
    assert "Baris 1, kolom 8: Tidak ada isian {subject.nmae}" in shown
    assert "Apakah maksudnya {subject.name}?" in shown
    assert 'Baris 2, kolom 1: "#set" tampak seperti kode' in shown
    assert 'Pertanyaan "income" diajukan tetapi tidak ada' in shown
    assert "{subject.nmae}" in answer.content.decode()  # what was typed stays
    assert not WordingVersion.objects.exists()


def test_faults_are_told_in_english_too(sari: Client) -> None:
    form = typed(cast.english(sari), "domicile", body_en="\\input{secrets}")
    shown = unescape(words(sari.post(f"{PAGES}domicile/write/", form), 422))
    assert 'English. Line 1, column 1: "\\input{secre" looks like code' in shown


def test_the_picture_is_renewed_while_one_types(sari: Client) -> None:
    url = f"{PAGES}sktm/write/"
    form = typed(sari, "sktm", action="look")
    asked = {"HX-Request": "true", "HX-Target": "preview"}
    part = sari.post(url, form, headers=asked).content.decode()
    assert part.startswith('<div id="preview"')
    assert part.count("data:image/webp;base64,") == 1
    form["body_id"] = "{rahasia}"
    answer = sari.post(url, form, headers=asked)
    assert answer.status_code == 200
    assert "Surat ini belum dapat dicetak" in answer.content.decode()
    assert "data:image" not in answer.content.decode()
    assert not WordingVersion.objects.exists()


def test_without_javascript_a_button_tries_it_out(sari: Client) -> None:
    form = typed(sari, "sktm", action="look", body_id="Halo {asked.income}")
    page = sari.post(f"{PAGES}sktm/write/", form).content.decode()
    assert "Halo {asked.income}" in page
    assert "data:image/webp;base64," in page


def test_a_draft_opens_as_pdf_in_its_language(sari: Client) -> None:
    form = typed(sari, "domicile", action="pdf", lang="en")
    answer = sari.post(f"{PAGES}domicile/write/", form)
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "CERTIFICATE OF RESIDENCE" in text
    assert "This is a draft" in text


def test_rows_are_added_and_taken_out(sari: Client) -> None:
    last = {"question-1-label_id": "Nama sekolah", "question-1-label_en": "School name"}
    more = {"question-1-name": "", "question-1-type": "choice"}
    choices = {"question-1-choices": "Negeri | State\nSwasta | Private"}
    gone = {"paper-0-words_id": "", "paper-0-words_en": ""}
    text = "{asked.income} di sekolah {asked.school_name}"
    row = wrote(sari, "sktm", body_id=text, **last, **more, **choices, **gone)
    asked = row.body["ask"][1]
    assert (asked["name"], asked["required"]) == ("school_name", True)
    assert asked["choices"][1] == {"code": "private", "id": "Swasta", "en": "Private"}
    assert [one["code"] for one in row.body["requirement"]] == ["statement"]


def test_boxes_that_cannot_be_are_told(sari: Client) -> None:
    form = typed(
        sari,
        "sktm",
        note="NIK 3510091504850001",
        holds_from="2020-01-01",
        valid_days="banyak",
        region=NEXT_DOOR,
    )
    shown = words(sari.post(f"{PAGES}sktm/write/", form), 422)
    assert "hari ini atau sesudahnya" in shown
    assert "0 (tanpa batas) sampai 3660" in shown
    assert "NIK atau nomor" in shown
    assert not WordingVersion.objects.exists()


def test_what_is_too_long_or_not_offered_is_told_in_plain_words(sari: Client) -> None:
    form = typed(
        sari,
        "sktm",
        body_id="a" * 20_001,
        title_en="b" * 500,
        series="4" * 17,
        note="c" * 201,
        group="moon",
        steps=["check", "sign", "dance"],
    )
    form |= {"paper-0-words_id": "d" * 201, "question-0-help_id": "e" * 201}
    form["question-0-type"] = "song"
    shown = words(sari.post(f"{PAGES}sktm/write/", form), 422)
    for told in ("20000 huruf; yang ditulis 20001", "16 huruf; yang ditulis 17"):
        assert told in shown
    assert shown.count("200 huruf; yang ditulis 201") >= 3
    for told in ("moon", "dance", "song"):
        assert f'"{told}" tidak ditawarkan. Pilih salah satu yang ada.' in unescape(
            shown
        )
    assert "Pastikan nilai" not in shown


def test_two_versions_are_compared_line_by_line(sari: Client) -> None:
    wrote(sari, body_id="Baris lama {asked.income}", valid_days="30")
    second = wrote(sari, body_id="Baris baru {asked.income}", valid_days="30")
    page = words(sari.get(f"{PAGES}sktm/compare/"))
    assert "Baris lama {asked.income} Baris baru {asked.income}" in page
    shown = words(sari.get(f"{PAGES}sktm/compare/?first=0&second={second.pk}"))
    assert "Masa berlaku berbeda 90 hari 30 hari" in shown
    assert sari.get(f"{PAGES}sktm/compare/?first=77777").status_code == 404


def test_a_village_writes_a_letter_of_its_own(sari: Client, client: Client) -> None:
    begun = sari.get(f"{PAGES}begin/?name=Sewa balai desa&like=crowd")
    assert begun["Location"] == f"{PAGES}sewa_balai_desa/write/?like=crowd"
    page = fromstring(sari.get(begun["Location"]).content.decode())
    form = next(one for one in page.forms if "body_id" in one.fields)
    sent: dict[str, Any] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    sent |= {"note": "Perdes 3/2026", "action": "send"}
    sent |= {"title_id": "Surat Sewa Balai Desa"}
    answer = sari.post(begun["Location"], sent, follow=True)
    assert "Surat Sewa Balai Desa" in words(answer)
    row = WordingVersion.objects.get()
    assert (row.kind, row.region_code) == ("sewa_balai_desa", HERE)
    shown = words(head().get(f"{PAGES}{row.pk}/confirm/"))
    assert "yang mengesahkan versi ini: diatur hukum, baru" in shown
    assert "Sudah saya baca" not in shown
    camat().post(f"{PAGES}{row.pk}/confirm/")
    here = words(client.get(f"/surat/kinds/?village={HERE}"))
    assert "Surat Sewa Balai Desa" in here
    there = words(client.get(f"/surat/kinds/?village={NEXT_DOOR}"))
    assert "Surat Sewa Balai Desa" not in there


@pytest.mark.parametrize("asked", ["name=sktm&like=crowd", "name=x1&like=moon", ""])
def test_a_letter_of_ones_own_needs_a_name_of_its_own(sari: Client, asked: str) -> None:
    shown = words(sari.get(f"{PAGES}begin/?{asked}", follow=True))
    assert "belum dipakai surat lain" in shown


def test_a_letter_of_another_village_is_missing(sari: Client) -> None:
    row = wrote(sari)
    budi = cast.sign_in(Client(), cast.budi())
    assert budi.get(f"{PAGES}sktm/write/?from={row.pk}").status_code == 404
    assert budi.get(f"{PAGES}sktm/compare/?first={row.pk}").status_code == 404
    assert "Perdes" not in words(budi.get(f"{PAGES}sktm/"))
    assert budi.get(f"{PAGES}no_such_letter/").status_code == 404


def test_anybody_reads_which_letters_there_are(client: Client) -> None:
    cast.places()
    page = words(client.get("/surat/kinds/"))
    assert "Surat Keterangan Tidak Mampu" in page
    assert "Semua surat gratis" in page
    assert page.count("ada bahasa Inggris") == 10
    english = words(cast.english(client).get("/surat/kinds/"))
    assert "Certificate of Limited Means" in english


def test_a_letter_says_what_to_bring_and_what_happens(client: Client) -> None:
    cast.places()
    page = words(client.get("/surat/kinds/widow/"))
    assert "Biaya gratis" in page
    assert "mulai umur 17 tahun, Cerai hidup atau Cerai mati" in page
    assert "Akta cerai, atau surat kematian suami/istri (fotonya diunggah)" in page
    assert "Ketua RT membenarkan" in page
    assert client.get("/surat/kinds/moon/").status_code == 404
    sample = client.get("/surat/kinds/domicile/sample/?lang=en")
    text = PdfReader(io.BytesIO(sample.content)).pages[0].extract_text()
    assert "This is a draft" in text


def test_a_village_says_how_long_a_letter_usually_takes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.places()
    monkeypatch.setattr(kinds, "public_medians", lambda *_, **__: {"widow": 9})
    page = words(client.get("/surat/kinds/widow/"))
    assert "menit jam kerja, dalam" not in page, "no village was chosen"
    assert "180 hari (biasanya; desa Anda dapat menentukan lain)" in page
    page = words(client.get(f"/surat/kinds/widow/?village={HERE}"))
    assert "Di sini biasanya 9 menit jam kerja, dalam 90 hari terakhir" in page
    assert "desa Anda dapat menentukan lain" not in page
    few = words(client.get(f"/surat/kinds/sktm/?village={HERE}"))
    assert "tidak ditampilkan: kurang dari lima" in few
    assert "Di sini biasanya 9 menit." in words(
        client.get(f"/surat/kinds/?village={HERE}")
    )


def test_a_village_shows_what_it_offers(sari: Client, client: Client) -> None:
    row = wrote(sari, offered=[])
    head().post(f"{PAGES}{row.pk}/confirm/")
    here = words(client.get(f"/surat/kinds/?village={HERE}"))
    assert "Surat Keterangan Tidak Mampu" not in here
    assert client.get(f"/surat/kinds/sktm/?village={HERE}").status_code == 404
    there = words(client.get(f"/surat/kinds/?village={NEXT_DOOR}"))
    assert "Surat Keterangan Tidak Mampu" in there
    shown = words(sari.get(f"{PAGES}sktm/"))
    assert "Warga di sini tidak dapat mengajukan surat ini" in shown


def test_lists_ask_the_database_little(
    sari: Client, client: Client, django_assert_max_num_queries: Any
) -> None:
    wrote(sari)
    sari.get(PAGES)
    with django_assert_max_num_queries(14):
        sari.get(PAGES)
    with django_assert_max_num_queries(12):
        client.get("/surat/kinds/")
