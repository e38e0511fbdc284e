"""What stands on the PDF is what the data say, for every letter in both languages."""

import io
import re
from datetime import datetime
from typing import Any

import pytest
from pypdf import PdfReader

from smartkampung.kernel.clock import WIB
from smartkampung.letters.catalogue.drawing import (
    Proof,
    render_draft,
    render_letter,
    sample_facts,
)
from smartkampung.letters.catalogue.printing import printed
from smartkampung.letters.catalogue.rules.compose import (
    MissingFacts,
    filled,
)
from smartkampung.letters.catalogue.shipped import shipped

AT = datetime(2026, 11, 29, 9, tzinfo=WIB)
PROOF = Proof("https://desa.test/v/ABC", "desa.test/v/", "K7QF-2M9X-TB4C", "482 913")
LETTERS = [
    pytest.param(code, lang, id=f"{code}-{lang}")
    for code, one in shipped().items()
    for lang in one.kind.languages
]


def text_of(pdf: bytes) -> str:
    """Return the words of a PDF in one line, as they are read."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return re.sub(r"\s+", " ", " ".join(pages))


def said(block: dict[str, Any]) -> list[str]:
    """Return the texts of a block, in the order of reading."""
    match block["kind"]:
        case "rows":
            return [f"{row['name']} : {row['text']}" for row in block["rows"]]
        case "list":
            return list(block["items"])
        case "table":
            return [cell for row in [block["columns"], *block["rows"]] for cell in row]
    return [block["text"]]


def squeezed(text: str) -> str:
    """Return a text without spaces: a line or a cell may break at any of them."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(("code", "lang"), LETTERS)
def test_the_paper_says_what_the_data_say(code: str, lang: str) -> None:
    wording = shipped()[code]
    facts = sample_facts(wording)
    pdf = render_letter(wording, facts, lang=lang, at=AT, proof=PROOF)
    read = squeezed(text_of(pdf))
    blocks = filled(wording, printed(wording, facts, lang), lang)
    assert blocks
    at = 0
    for block in blocks:
        for words in said(block):
            found = read.find(squeezed(words), at)
            assert found >= 0, (words, read[at : at + 300])
            at = found
    for words in (
        wording.kind.title.of(lang).upper(),
        "Sumberwangi, 29 November 2026",
        "Karya Contoh",
        "401/012/2003/XI/2026",
        "DESA SUMBERWANGI",
        PROOF.code,
        PROOF.holder_code,
    ):
        assert squeezed(words) in read, words


HOSTILE = [
    '#import "@preview/x": y',
    "#panic(1) $x^2$ *b* _i_ `c` <l> @r \\u{41}",
    "{subject.nik} {% if %} {{ 7*7 }}",
    '"), #text(red)[x], ("',
    "<script>alert(1)</script> & ' \" --",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_data_are_printed_as_they_are(text: str) -> None:
    wording = shipped()["sktm"]
    names = ("subject.name", "letter.purpose", "signer.name", "office.address")
    facts = sample_facts(wording) | dict.fromkeys(names, text)
    pdf = render_letter(wording, facts, lang="id", at=AT, proof=PROOF)
    read = squeezed(text_of(pdf))
    assert read.count(squeezed(text)) >= 4
    assert "9999991504850001" in read  # the real NIK, once, in its row
    assert read.count("9999991504850001") == 1


def test_a_very_long_name_is_broken_and_not_cut() -> None:
    name = "Raden" + "abcdefghij" * 30
    wording = shipped()["sktm"]
    facts = sample_facts(wording) | {"subject.name": name, "signer.name": name}
    pdf = render_letter(wording, facts, lang="id", at=AT, proof=PROOF)
    assert squeezed(text_of(pdf)).count(name) >= 2
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    edge = float(page.mediabox.width) - 20
    lefts: list[float] = []
    page.extract_text(visitor_text=lambda _t, _c, tm, _f, _s: lefts.append(tm[4]))
    assert max(lefts) < edge


def test_other_scripts_and_signs_do_not_stop_a_letter() -> None:
    wording = shipped()["sktm"]
    facts = sample_facts(wording) | {
        "subject.name": "Ахмад 😀 شريف Nyoman",
        "letter.purpose": "se\u202ekolah\u200b \x07dasar",
    }
    pdf = render_letter(wording, facts, lang="id", at=AT, proof=PROOF)
    read = text_of(pdf)
    assert "Ахмад" in read
    assert "Nyoman" in read
    assert "sekolah dasar" in read


def test_equal_letters_are_equal_bytes() -> None:
    wording = shipped()["sktm"]
    facts = sample_facts(wording)
    one = render_letter(wording, facts, lang="id", at=AT, proof=PROOF)
    assert one == render_letter(wording, facts, lang="id", at=AT, proof=PROOF)


def test_a_draft_says_so_and_proves_nothing() -> None:
    wording = shipped()["sktm"]
    read = text_of(render_draft(wording, sample_facts(wording), lang="id", at=AT))
    assert "belum ditandatangani" in read
    assert "Ditandatangani secara elektronik" not in read


def test_f4_is_longer_than_a4() -> None:
    wording = shipped()["sktm"]
    facts = sample_facts(wording)
    pdf = render_draft(wording, facts, lang="id", at=AT, paper="f4")
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (609, 935)


def test_no_letter_without_its_facts() -> None:
    wording = shipped()["sktm"]
    facts = sample_facts(wording)
    for name in ("asked.income", "signer.name"):
        less = {one: fact for one, fact in facts.items() if one != name}
        with pytest.raises(MissingFacts, match=name):
            render_draft(wording, less, lang="id", at=AT)
