"""The small language of letters: what it understands, and what it refuses in words."""

from typing import Any

import pytest

from smartkampung.letters.catalogue.rules.fields import fields_of
from smartkampung.letters.catalogue.rules.kinds import Asked, AskedType, Both
from smartkampung.letters.catalogue.rules.markup import (
    Fault,
    Heading,
    Items,
    MarkupFaults,
    Paragraph,
    Rows,
    Slot,
    Table,
    parse,
    slots,
)

KNOWN = fields_of(
    [
        Asked("school", AskedType.TEXT, Both("Sekolah", "School")),
        Asked("note", AskedType.TEXT, Both("Catatan", "Note"), required=False),
        Asked("child", AskedType.RESIDENT, Both("Anak", "Child")),
    ]
)


def faults(text: str) -> list[tuple[Fault, int, int, str]]:
    with pytest.raises(MarkupFaults) as caught:
        parse(text, KNOWN)
    return [(one.fault, one.line, one.column, one.what) for one in caught.value.faults]


def test_paragraphs_rows_lists_headings_and_tables_are_read() -> None:
    blocks = parse(
        "# Keterangan\nMenerangkan bahwa\n{subject.name} tinggal di sini.\n\n"
        "Nama : {subject.name}\nSekolah : {asked.school}, kelas 2\n"
        "- pertama\n- kedua {subject.age}\n{family.members}\nDemikian.",
        KNOWN,
    )
    name = Slot("subject.name")
    assert blocks == (
        Heading(("Keterangan",)),
        Paragraph(("Menerangkan bahwa", " ", name, " tinggal di sini.")),
        Rows((("Nama", (name,)), ("Sekolah", (Slot("asked.school"), ", kelas 2")))),
        Items((("pertama",), ("kedua ", Slot("subject.age")))),
        Table("family.members"),
        Paragraph(("Demikian.",)),
    )
    assert slots(blocks) == {
        "subject.name",
        "asked.school",
        "subject.age",
        "family.members",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Nomor: 12",  # a colon without a space before it is a sentence
        "Pukul 10:30 - 12:00",
        "Rp100.000,00 & 5 % dari #1 (satu)",
        "Jalan Kemuning No. 5, a < b",
        "*tebal* _miring_ @ref [x]",  # nothing to Typst: it comes as a value
    ],
)
def test_plain_words_stay_plain(text: str) -> None:
    assert parse(text, KNOWN) == (Paragraph((text,)),)


@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        ("Baris satu\n#import", 2, 1, "#import"),
        ("teks #panic(1)", 1, 6, "#panic(1)"),
        ("{% if x %}", 1, 1, "{%"),
        ("{{ subject.name }}", 1, 1, "{{"),
        ("a \\textbf{b}", 1, 3, "\\textbf{b}"),
        ("x `raw`", 1, 3, "`raw`"),
        ("<script>alert(1)</script>", 1, 1, "<script>aler"),
        ("${jndi}", 1, 1, "${jndi}"),
        ("## Dua", 1, 1, "##"),
        ("Rumus $x^2$ di sini", 1, 7, "$x^2$"),
    ],
)
def test_code_is_refused_where_it_stands(
    text: str, line: int, column: int, what: str
) -> None:
    assert (Fault.CODE, line, column, what) in faults(text)


@pytest.mark.parametrize(
    ("text", "fault", "line", "column"),
    [
        ("", Fault.EMPTY, 1, 1),
        ("  \n ", Fault.EMPTY, 1, 1),
        ("Halo {subject.nmae}", Fault.UNKNOWN_FIELD, 1, 6),
        ("Halo {subject.__class__}", Fault.UNKNOWN_FIELD, 1, 6),
        ("Halo {}", Fault.UNKNOWN_FIELD, 1, 6),
        ("  Halo {subject.name", Fault.OPEN_BRACE, 1, 8),
        ("Halo subject.name}", Fault.OPEN_BRACE, 1, 18),
        ("Anggota {family.members} saja", Fault.TABLE_NOT_ALONE, 1, 9),
        ("{subject.name} : ya", Fault.FIELD_IN_LABEL, 1, 1),
        ("x\n : ya", Fault.NO_LABEL, 2, 2),
        ("x\n#", Fault.NO_WORDS, 2, 1),
        ("Kata {asked.note} di kalimat", Fault.MAY_BE_EMPTY, 1, 6),
        ("Ha\u202elo", Fault.HIDDEN, 1, 3),
        ("Ha\u200blo", Fault.HIDDEN, 1, 3),
        ("a" * 1_001, Fault.LINE_TOO_LONG, 1, 1_000),
        ("kata kata\n" * 1_300, Fault.TOO_LONG, 1_201, 1),
    ],
)
def test_what_cannot_be_is_refused_with_line_and_column(
    text: str, fault: Fault, line: int, column: int
) -> None:
    assert (fault, line, column) in [one[:3] for one in faults(text)]


def test_every_fault_is_told_in_the_order_of_reading() -> None:
    found = faults("Nama : {subject.x}\n#set\nUmur : {subject.y}")
    assert [(one[0], one[1]) for one in found] == [
        (Fault.UNKNOWN_FIELD, 1),
        (Fault.CODE, 2),
        (Fault.UNKNOWN_FIELD, 3),
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("subject.nmae", "subject.name"), ("asked.scool", "asked.school"), ("zzz", "")],
)
def test_a_misspelt_field_is_guessed(written: str, meant: str) -> None:
    with pytest.raises(MarkupFaults) as caught:
        parse(f"{{{written}}}", KNOWN)
    assert caught.value.faults[0].meant == meant


def test_what_may_be_empty_stands_in_a_row_or_an_item() -> None:
    assert parse("Catatan : {asked.note}\n- {asked.note}", KNOWN)


def test_a_resident_who_is_asked_for_has_the_fields_of_a_person() -> None:
    text = "Anak : {asked.child.name}, {asked.child.birth}"
    assert slots(parse(text, KNOWN)) == {"asked.child.name", "asked.child.birth"}
    assert faults("{asked.child}")[0][0] is Fault.UNKNOWN_FIELD


@pytest.mark.parametrize("junk", ["{", "}", "{{}}", "- ", "# ", " : ", "\t", "{a b}"])
def test_no_junk_breaks_the_reader(junk: str) -> None:
    any_: Any = None
    try:
        any_ = parse(junk * 3, KNOWN)
    except MarkupFaults as error:
        any_ = error.faults
    assert any_
