"""Whatever is typed, the form says which field and what to do, and loses nothing."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from smartkampung.intake.models import Upload
from smartkampung.kernel.clock import now
from tests.cast import FAR_AWAY, HERE, NEXT_DOOR, OTHER_KECAMATAN, places
from tests.reporting import WAYAN_NIK, open_phase
from tests.web.reportform import GOOD, Page, body, fill, post

pytestmark = pytest.mark.django_db
ZERO_WIDTH = "\u200b"
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def _ground() -> None:
    places()
    open_phase(at=now())


def answer(client: Client, step: str, **typed: Any) -> Page:
    """Come to a screen properly and answer it with some fields changed."""
    return post(client, fill(client, until=step), step, {**GOOD[step], **typed})


BAD = [
    ("who", {"for_self": ""}, "Pilih salah satu."),
    ("who", {"for_self": "maybe"}, "Pilih salah satu."),
    ("card", {"nik": ""}, "Isi NIK"),
    ("card", {"nik": "351009170890000"}, "NIK harus 16 angka. Yang diketik 15 angka."),
    ("card", {"nik": "35100917089000011"}, "Yang diketik 17 angka."),
    ("card", {"nik": "3510098508900001"}, "Angka ke-7 dan ke-8"),
    ("card", {"nik": "3510091713900001"}, "Angka ke-9 dan ke-10"),
    ("card", {"nik": "351009170890000O"}, "NIK hanya berisi angka"),
    ("card", {"nik": "35100917089000😀1"}, "NIK hanya berisi angka"),
    ("card", {"nik": "３５１００９１７０８９００００１"}, "NIK hanya berisi angka"),
    ("card", {"nik": "0510091708900001"}, "tidak diawali angka 0"),
    ("card", {"nik": "\x00" + WAYAN_NIK}, "NIK hanya berisi angka"),
    ("card", {"nik": "1" * 5000}, "NIK harus 16 angka."),
    ("card", {"kk": "3510090101"}, "harus 16 angka. Yang diketik 10 angka."),
    ("card", {"kk": "3510094101150002"}, "Angka ke-7 dan ke-8"),
    ("card", {"born_on_day": "85"}, "Tanggal harus antara 1 dan 31."),
    ("card", {"born_on_month": "13"}, "Bulan harus antara 1 dan 12."),
    ("card", {"born_on_month": "Agustus"}, "dengan angka"),
    ("card", {"born_on_year": "90"}, "empat angka"),
    ("card", {"born_on_year": "1800"}, "Tahun 1800 terlalu lama."),
    ("card", {"born_on_year": ""}, "dengan angka"),
    ("card", {"born_on_year": "😀"}, "dengan angka"),
    ("card", {"born_on_day": "31", "born_on_month": "2"}, "tidak ada di bulan"),
    ("card", {"born_on_year": str(now().year + 1)}, "belum terjadi"),
    ("phone", {"phone": "12"}, "nomor telepon"),
    ("phone", {"phone": "nol delapan"}, "angka"),
    ("kecamatan", {"kecamatan": ""}, "Pilih kecamatan dari daftar."),
    ("kecamatan", {"kecamatan": "99.99.99"}, "Pilih kecamatan dari daftar."),
    ("village", {"village": FAR_AWAY}, "Pilih desa atau kelurahan dari daftar."),
    ("rt", {"rt": f"{NEXT_DOOR}.001.001"}, "Pilih RT"),
    ("reason", {"reason": "hunger"}, "Pilih alasan"),
    ("reason", {"story": "a" * 1001}, "Paling banyak 1.000 huruf"),
    ("reason", {"story": "null\x00"}, "Karakter"),
    ("reason", {"story": f"NIK ibu {WAYAN_NIK}."}, "Jangan tulis NIK"),
    ("reason", {"story": "KK 3510 0901-0115.0002"}, "Jangan tulis NIK"),
]


@pytest.mark.parametrize(
    ("step", "typed", "words"),
    BAD,
    ids=[f"{s}-{next(iter(t.values()))[:16]!r}" for s, t, _w in BAD],
)
def test_a_bad_answer_is_named_and_kept(
    client: Client, step: str, typed: dict[str, str], words: str
) -> None:
    page = answer(client, step, **typed)
    assert page.status_code == 422
    assert words in body(page)
    assert "Perbaiki ini dulu" in body(page)
    assert 'aria-invalid="true"' in body(page)


def test_what_was_typed_stays_in_its_box(client: Client) -> None:
    page = answer(client, "card", nik="351009170890000O", born_on_day="85")
    assert 'value="351009170890000O"' in body(page)
    assert 'value="85"' in body(page)
    assert f'value="{GOOD["card"]["kk"]}"' in body(page)


@pytest.mark.parametrize(
    "typed",
    [
        "35.1009.170890.0001",
        "3510 0917 0890 0001",
        f" {WAYAN_NIK}{ZERO_WIDTH}\u00a0",
        f"\ufeff{WAYAN_NIK}",
        "3510-0917-0890-0001",
    ],
    ids=["dots", "spaces", "invisible", "byte order mark", "dashes"],
)
def test_kind_spellings_of_a_nik_are_no_error(client: Client, typed: str) -> None:
    assert answer(client, "card", nik=typed).status_code == 200


def test_errors_are_said_in_english_too(client: Client) -> None:
    client.cookies["django_language"] = "en"
    page = answer(client, "card", nik="351009170890000", born_on_day="85")
    assert "A NIK has 16 digits. You typed 15." in body(page)
    assert "The day must be 1 to 31." in body(page)


def jpeg(size: tuple[int, int] = (64, 48)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG")
    return out.getvalue()


def png(size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG", compress_level=1)
    return out.getvalue()


def named_jpg(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("rumah.jpg", content, "image/jpeg")


# Made when a test asks: both workers read this file, and a bomb takes seconds.
BAD_PHOTOS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a program": (lambda: b"MZ\x90\x00" + bytes(2000), "bukan foto"),
    "a web page": (lambda: b"<html><script>alert(1)</script></html>", "bukan foto"),
    "a drawing with scripts": (
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "bukan foto",
    ),
    "half a photo": (lambda: jpeg((640, 480))[:700], "bukan foto"),
    "more than 10 MB": (
        lambda: jpeg() + bytes(10 * MEGABYTE),
        "lebih besar dari 10 MB",
    ),
    "12 million pixels and one": (lambda: png((12_000_001, 1)), "12 juta piksel"),
    "a bomb": (lambda: png((30_000, 30_000)), "12 juta piksel"),
    "nothing": (lambda: b"", "kosong"),
}


@pytest.mark.parametrize("name", BAD_PHOTOS)
def test_what_is_no_photo_is_turned_away(client: Client, name: str) -> None:
    made, words = BAD_PHOTOS[name]
    page = answer(client, "photo", photo=named_jpg(made()))
    assert page.status_code == 422
    assert words in body(page)
    assert not Upload.objects.exists()


def test_a_form_far_larger_than_any_photo_is_refused_not_a_crash(
    client: Client,
) -> None:
    page = answer(client, "reason", story="a" * (13 * MEGABYTE))
    assert page.status_code in {400, 413}


def test_a_text_in_place_of_a_photo_counts_as_none(client: Client) -> None:
    page = answer(client, "photo", photo="C:\\rumah.jpg")
    assert page.status_code == 200


def test_a_village_from_an_earlier_kecamatan_is_asked_again(client: Client) -> None:
    review = fill(client)
    page = post(client, review, "kecamatan", {"kecamatan": OTHER_KECAMATAN})
    assert 'name="village"' in body(page)
    assert FAR_AWAY in body(page)
    assert HERE not in body(page)
