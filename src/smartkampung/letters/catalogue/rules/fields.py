"""The fields that a letter may name: nothing else of the registry can be printed.

``Fact`` is what a request knows of a field: text, an ISO date, digits, a code of the
civil registry, or the rows of a table. ``printing`` makes words of it in a language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from smartkampung.letters.catalogue.rules.kinds import Asked, AskedType, Both

Row = Mapping[str, str]
Fact = str | list[dict[str, str]]
Facts = Mapping[str, Fact]


class FieldKind(StrEnum):
    """How the fact of a field is written."""

    TEXT = "text"
    LINES = "lines"
    DATE = "date"  # ISO
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    SEX = "sex"  # L or P
    RELIGION = "religion"  # codes of the civil registry, as are those below
    MARITAL = "marital_status"
    OCCUPATION = "occupation"
    EDUCATION = "education"
    CITIZENSHIP = "citizenship"
    VILLAGE_KIND = "village_kind"  # desa or kelurahan
    TABLE = "table"
    JOINED = "joined"  # made of other fields


@dataclass(frozen=True)
class Field:
    """One field: its name, what it is called, how it is written, a made-up value."""

    name: str
    kind: FieldKind
    words: Both
    sample: Fact
    required: bool = True
    parts: tuple[str, ...] = ()  # of a joined field


_K = FieldKind
# What is known of a person; ``subject.``, ``applicant.`` and the name of a question
# stand before these.
PERSON: tuple[tuple[str, FieldKind, Both, str], ...] = (
    ("name", _K.TEXT, Both("Nama", "Name"), "Surya Contoh"),
    ("nik", _K.TEXT, Both("NIK", "NIK"), "9999991504850001"),
    ("kk", _K.TEXT, Both("Nomor KK", "Family card number"), "9999991201100002"),
    ("birth_place", _K.TEXT, Both("Tempat lahir", "Place of birth"), "Blambangan"),
    ("birth_date", _K.DATE, Both("Tanggal lahir", "Date of birth"), "1985-04-15"),
    ("age", _K.NUMBER, Both("Umur", "Age"), "41"),
    ("sex", _K.SEX, Both("Jenis kelamin", "Sex"), "L"),
    ("religion", _K.RELIGION, Both("Agama", "Religion"), "1"),
    ("marital", _K.MARITAL, Both("Status perkawinan", "Marital status"), "2"),
    ("occupation", _K.OCCUPATION, Both("Pekerjaan", "Occupation"), "9"),
    ("education", _K.EDUCATION, Both("Pendidikan", "Education"), "5"),
    ("citizenship", _K.CITIZENSHIP, Both("Kewarganegaraan", "Citizenship"), "1"),
    ("address", _K.TEXT, Both("Jalan", "Street"), "Jalan Melati 4"),
    ("rt", _K.TEXT, Both("RT", "RT"), "007"),
    ("rw", _K.TEXT, Both("RW", "RW"), "002"),
    ("dusun", _K.TEXT, Both("Dusun", "Hamlet (dusun)"), "Krajan"),
    (
        "village_kind",
        _K.VILLAGE_KIND,
        Both("Desa atau kelurahan", "Desa or kelurahan"),
        "desa",
    ),
    ("village", _K.TEXT, Both("Nama desa", "Name of the village"), "Sumberwangi"),
    ("kecamatan", _K.TEXT, Both("Kecamatan", "Kecamatan"), "Lereng"),
    ("regency", _K.TEXT, Both("Kabupaten", "Regency"), "Blambangan"),
)
JOINED: tuple[tuple[str, tuple[str, ...], Both], ...] = (
    (
        "birth",
        ("birth_place", "birth_date"),
        Both("Tempat, tanggal lahir", "Place and date of birth"),
    ),
    (
        "home",
        (
            "address",
            "dusun",
            "rt",
            "rw",
            "village_kind",
            "village",
            "kecamatan",
            "regency",
        ),
        Both("Alamat lengkap", "Full address"),
    ),
)
MEMBERS: list[dict[str, str]] = [
    {
        "name": "Surya Contoh",
        "nik": "9999991504850001",
        "sex": "L",
        "birth_place": "Blambangan",
        "birth_date": "1985-04-15",
        "relation": "1",
    },
    {
        "name": "Asri Contoh",
        "nik": "9999995207880002",
        "sex": "P",
        "birth_place": "Blambangan",
        "birth_date": "1988-07-12",
        "relation": "3",
    },
]


def _person(before: str, whose: Both, *, required: bool = True) -> list[Field]:
    named = [
        Field(f"{before}.{part}", kind, _of(words, whose), sample, required)
        for part, kind, words, sample in PERSON
    ]
    joined = [
        Field(
            f"{before}.{part}",
            _K.JOINED,
            _of(words, whose),
            "",
            required,
            tuple(f"{before}.{one}" for one in parts),
        )
        for part, parts, words in JOINED
    ]
    return named + joined


def _of(words: Both, whose: Both) -> Both:
    return Both(f"{words.id} {whose.id}", f"{words.en} {whose.en}")


def _plain(name: str, words: Both, sample: str, kind: FieldKind = _K.TEXT) -> Field:
    return Field(name, kind, words, sample)


FIELDS: dict[str, Field] = {
    one.name: one
    for one in (
        *_person("subject", Both("yang bersangkutan", "of whom it is about")),
        *_person("applicant", Both("pemohon", "of the applicant")),
        _plain(
            "family.head",
            Both("Kepala keluarga", "Head of the family"),
            "Surya Contoh",
        ),
        Field(
            "family.members",
            _K.TABLE,
            Both("Daftar anggota keluarga", "Table of the family"),
            MEMBERS,
        ),
        _plain("office.village", Both("Nama desa", "Village"), "Sumberwangi"),
        _plain(
            "office.kind",
            Both("Desa atau kelurahan", "Desa or kelurahan"),
            "desa",
            _K.VILLAGE_KIND,
        ),
        _plain("office.kecamatan", Both("Kecamatan", "Kecamatan"), "Lereng"),
        _plain("office.regency", Both("Kabupaten", "Regency"), "Blambangan"),
        # Nobody has told it of most offices: the row is then left out.
        Field(
            "office.address",
            _K.TEXT,
            Both("Alamat kantor", "Address of the office"),
            "Jalan Raya Sumberwangi 1",
            required=False,
        ),
        _plain("letter.number", Both("Nomor surat", "Number"), "401/012/2003/XI/2026"),
        _plain("letter.date", Both("Tanggal surat", "Date"), "2026-11-29", _K.DATE),
        _plain(
            "letter.valid_until",
            Both("Berlaku sampai", "Valid until"),
            "2027-02-27",
            _K.DATE,
        ),
        _plain(
            "letter.purpose",
            Both("Keperluan", "Purpose"),
            "Pengajuan beasiswa sekolah",
        ),
        _plain("signer.name", Both("Nama penandatangan", "Signer"), "Karya Contoh"),
        _plain(
            "signer.title",
            Both("Jabatan penandatangan", "Office of the signer"),
            "Kepala Desa Sumberwangi",
        ),
        Field(
            "signer.on_behalf",
            _K.TEXT,
            Both("Atas nama", "On behalf of"),
            "",
            required=False,
        ),
    )
}
_BY_TYPE = {
    AskedType.TEXT: (_K.TEXT, "Contoh isian"),
    AskedType.LONG: (_K.LINES, "Baris pertama\nBaris kedua"),
    AskedType.DATE: (_K.DATE, "2026-11-28"),
    AskedType.NUMBER: (_K.NUMBER, "3"),
    AskedType.MONEY: (_K.MONEY, "1500000"),
}


def fields_of(asked: Iterable[Asked]) -> dict[str, Field]:
    """Return every field that a letter with these questions may name."""
    found = dict(FIELDS)
    for one in asked:
        found |= {made.name: made for made in _asked(one)}
    return found


def _asked(one: Asked) -> list[Field]:
    name = f"asked.{one.name}"
    if one.type is AskedType.RESIDENT:
        whose = Both(f"({one.label.id})", f"({one.label.en})")
        return _person(name, whose, required=one.required)
    if one.type is AskedType.RESIDENTS:
        return [Field(name, _K.TABLE, one.label, MEMBERS, one.required)]
    if one.type is AskedType.CHOICE:
        first = one.choices[0].code if one.choices else ""
        return [Field(name, _K.CHOICE, one.label, first, one.required)]
    kind, sample = _BY_TYPE[one.type]
    return [Field(name, kind, one.label, sample, one.required)]
