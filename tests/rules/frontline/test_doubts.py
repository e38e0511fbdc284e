"""What a text for everybody seems to say about somebody."""

import pytest

from smartkampung.frontline.voice.rules.doubts import Doubt, doubts_about

ALL = [Doubt.PHONE, Doubt.PERSON, Doubt.ILLNESS]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Telp Bu Sari 081234567890, penderita covid Pak Budi RT 001", ALL),
        ("Hubungi +62 812-3456-7890.", [Doubt.PHONE]),
        ("Selamat kepada Mbah Sumarno.", [Doubt.PERSON]),
        ("Ada yang positif di RT 003.", [Doubt.ILLNESS]),
        ("Waspada demam berdarah, kuras bak mandi.", []),
        ("Posyandu untuk Ibu Hamil, buka pukul 08.00 sampai 11.00.", []),
        ("Bapak Ibu warga RT 003 berkumpul 29-11-2026 pukul 09.00.", []),
        ("Rapat 08.12.2026 09.00 dan 08-12-2026 09.00, 35.10.09.2003.002.", []),
        ("Temui Bapak Lurah atau Ketua RT 001.", []),
    ],
)
def test_a_name_a_number_and_an_illness_are_asked_about(
    text: str, expected: list[Doubt]
) -> None:
    assert doubts_about(text) == expected
