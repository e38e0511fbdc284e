"""QR codes and PDFs."""

import re
from datetime import UTC, datetime

import pytest

from smartkampung.documents.pdf import compile_pdf
from smartkampung.documents.qr import qr_svg

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SLIP = {
    "lang": "id",
    "title": "Laporan",
    "regency": "Blambangan",
    "code_label": "Kode",
    "code": "K7QF-2M9X-TB4C",
    "link": "https://example.org/t/K7QF-2M9X-TB4C/",
    "qr": str(qr_svg("https://example.org/t/K7QF-2M9X-TB4C/")),
    "rows": [{"name": "Dikirim", "value": "Selasa"}],
    "next_title": "Selanjutnya",
    "steps": [{"title": "Diterima", "when": "hari ini", "note": ""}],
    "warning": "Gratis.",
    "foot": "Selasa",
}


def test_a_qr_code_is_one_svg_without_style_or_script() -> None:
    svg = qr_svg("https://example.org/t/K7QF-2M9X-TB4C/")
    assert svg.startswith("<svg")
    assert svg.count("<svg") == 1
    assert "style=" not in svg
    assert "<script" not in svg


def test_a_text_in_a_qr_code_cannot_become_markup() -> None:
    assert "<script" not in qr_svg('"><script>alert(1)</script>')


def test_equal_data_gives_equal_bytes() -> None:
    first = compile_pdf("slip", SLIP, at=AT)
    assert first.startswith(b"%PDF-")
    assert first == compile_pdf("slip", SLIP, at=AT)


def test_a_slip_is_one_page() -> None:
    assert len(re.findall(rb"/Type\s*/Page\b", compile_pdf("slip", SLIP, at=AT))) == 1


@pytest.mark.parametrize(
    "text",
    ['#panic("no")', "$x^2$", "*tebal* _miring_", "\\", '"', "<label> @ref", "😀 é"],
)
def test_text_in_data_stays_text(text: str) -> None:
    data = {**SLIP, "regency": text, "warning": text}
    assert compile_pdf("slip", data, at=AT).startswith(b"%PDF-")
