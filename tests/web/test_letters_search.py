"""What people type, and the letter that they mean."""

import pytest
from django.test import Client
from lxml.html import fromstring

from smartkampung.letters.catalogue.shipped import shipped
from smartkampung.web.letters_ask.searching import CALLED, matching
from tests import cast


def found(typed: str) -> list[str]:
    return [one.kind.code for one in matching(shipped().values(), typed)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("SPM", "sktm"),
        ("sktm", "sktm"),
        ("surat keterangan miskin untuk KIP", "sktm"),
        ("ktp hilang", "lost"),
        ("hp hilang", "lost"),
        ("KTP belum jadi", "id_card_process"),
        ("kk hilang", "family_card"),
        ("pecah kk", "family_card"),
        ("nikah", "marriage"),
        ("rabi", "marriage"),
        ("belum menikah", "single"),
        ("belum kerja", "not_employed"),
        ("skck", "police"),
        ("jual sapi", "livestock"),
        ("izin hajatan", "crowd"),
        ("dangdut", "crowd"),
        ("usaha", "business"),
        ("akta lahir", "birth"),
        ("ahli waris", "heirs"),
        ("rumah kos", "domicile"),
        ("beda nama", "name_difference"),
        ("janda", "widow"),
        ("boyong", "moving"),
        ("slip gaji", "income"),
        ("death", "death"),
    ],
)
def test_a_letter_is_found_by_what_people_call_it(typed: str, meant: str) -> None:
    assert found(typed)[0] == meant


def test_nonsense_finds_nothing_and_signs_alone_leave_out_nothing() -> None:
    assert found("zzz") == found("kripik tempe") == []
    assert len(found("<b>")) == len(found("surat")) == len(shipped())
    assert "sktm" not in found("si"), "of a short word only a beginning is meant"


def test_every_letter_that_ships_has_a_name_among_people() -> None:
    assert CALLED.keys() == shipped().keys()


@pytest.mark.django_db
def test_the_best_letter_stands_first_on_the_page_whatever_its_heading() -> None:
    cast.places()
    for typed, meant in (
        ("nikah", "Surat Pengantar Nikah"),
        ("ktp hilang", "Surat Pengantar Laporan Kehilangan"),
    ):
        page = fromstring(Client().get("/surat/", {"q": typed}).content.decode())
        assert page.xpath("//main//li/a[@class='strong']/text()")[0] == meant
