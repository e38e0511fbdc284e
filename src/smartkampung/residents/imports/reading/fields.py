"""The columns of people: where each goes in a draft, and how its cells are read."""

from collections.abc import Callable
from functools import partial

from smartkampung.residents.imports.reading import cells
from smartkampung.residents.imports.reading.cells import Cell, text, words
from smartkampung.residents.imports.reading.codes import Coder
from smartkampung.residents.imports.reading.records import Bad, Fault, PersonDraft
from smartkampung.residents.rules import Misshapen, read_phone

Read = Callable[[Cell], object]
AT = {name: place for place, name in enumerate(PersonDraft._fields)}
SEX = {1: "L", 2: "P"}
STATUS = {1: "living", 2: "dead", 3: "moved", 4: "missing", 6: "moved"}
LEFT_WITHOUT_PAPERS, NOT_VALID = 6, 9
OWN_STATUS = {"living": 1, "dead": 2, "moved": 3, "missing": 4}
# Columns that the registry has a place for: where, and as what.
CODES = {
    "agama_id": "religion",
    "pendidikan_kk_id": "education",
    "pekerjaan_id": "occupation",
    "status_kawin": "marital_status",
    "golongan_darah_id": "blood_type",
    "warganegara_id": "citizenship",
    "kk_level": "relation",
}
TEXTS = {
    "tempatlahir": ("birth_place", 80),
    "nama_ayah": ("father_name", 120),
    "nama_ibu": ("mother_name", 120),
    "alamat": ("address", 200),
}
# Columns that it keeps sealed, as they came, and gives back on export.
KEPT_CODES = (
    "pendidikan_sedang_id",
    "cacat_id",
    "cara_kb_id",
    "hamil",
    "ktp_el",
    "status_rekam",
    "id_asuransi",
)
KEPT_DATES = ("tanggal_akhir_paspor", "tanggalperkawinan", "tanggalperceraian")
KEPT_NUMBERS = ("ayah_nik", "ibu_nik")
KEPT_TEXTS = (
    "akta_lahir",
    "dokumen_pasport",
    "dokumen_kitas",
    "akta_perkawinan",
    "akta_perceraian",
    "alamat_sekarang",
    "suku",
    "tag_id_card",
    "no_asuransi",
    "lat",
    "lng",
)
KEPT_LONGEST = 200


def readers(*, today: str) -> dict[str, tuple[Read, int | None]]:
    """Return how each column is read, and its place in the draft.

    No place means that the registry only keeps what stands there, and gives it back.
    """
    date = partial(cells.iso_date, today=today)
    found: dict[str, tuple[Read, int | None]] = {
        "village": (_village, AT["village"]),
        "nik": (cells.nik, AT["nik"]),
        "no_kk": (cells.kk, AT["kk"]),
        "nama": (partial(words, longest=120), AT["name"]),
        "sex": (_Sex(), AT["sex"]),
        "tanggallahir": (date, AT["born_on"]),
        "dusun": (_dusun, AT["dusun"]),
        "rw": (cells.neighbourhood, AT["rw"]),
        "rt": (cells.neighbourhood, AT["rt"]),
        "phone": (_phone, AT["phone"]),
        "status": (_own_status, AT["status"]),
        "status_dasar": (_Status(), AT["status"]),
    }
    for name, field in CODES.items():
        found[name] = (Coder(name), AT[field])
    for name, (field, longest) in TEXTS.items():
        found[name] = (partial(words, longest=longest), AT[field])
    kept: dict[str, Read] = {
        **{name: _KeptCode(name) for name in KEPT_CODES},
        **dict.fromkeys(KEPT_DATES, _softly(date)),
        **dict.fromkeys(KEPT_NUMBERS, _softly(_kept_number)),
        **dict.fromkeys(KEPT_TEXTS, _softly(_kept_text)),
    }
    return found | {name: (read, None) for name, read in kept.items()}


class _Sex:
    def __init__(self) -> None:
        self._code = Coder("sex")

    def __call__(self, cell: Cell) -> str:
        try:
            return SEX[self._code(cell) or 0]
        except (Bad, KeyError):
            raise Bad(Fault.SEX_UNKNOWN) from None


class _Status:
    """The basic status. Exports with labels are known to spoil this column."""

    def __init__(self) -> None:
        self._code = Coder("status_dasar")

    def __call__(self, cell: Cell) -> str:
        try:
            code = self._code(cell)
        except Bad:
            raise Bad(Fault.STATUS_UNKNOWN, soft=True) from None
        if code is None:
            return ""
        if code == NOT_VALID:
            raise Bad(Fault.RECORD_NOT_VALID)
        if code not in STATUS:
            raise Bad(Fault.STATUS_UNKNOWN, soft=True)
        if code == LEFT_WITHOUT_PAPERS:
            return f"moved:{code}"
        return STATUS[code]


def _own_status(cell: Cell) -> str:
    value = text(cell).lower()
    code = OWN_STATUS.get(value) or (int(value) if value.isdecimal() else 0)
    if code not in STATUS:
        raise Bad(Fault.STATUS_UNKNOWN, soft=True)
    return STATUS[code]


class _KeptCode:
    def __init__(self, column: str) -> None:
        self._code = Coder(column)

    def __call__(self, cell: Cell) -> str:
        code = self._code(cell)
        return "" if code is None else str(code)


def _village(cell: Cell) -> str:
    return text(cell).replace(" ", "")


def _dusun(cell: Cell) -> str:
    value = words(cell, 80)
    return value[6:].strip() if value.upper().startswith("DUSUN ") else value


def _phone(cell: Cell) -> str:
    typed = text(cell)
    if isinstance(cell, float) and not typed.startswith("0"):
        typed = f"0{typed}"  # a number cell has dropped the leading zero
    try:
        return "" if typed in ("", "-", "0") else read_phone(typed)
    except Misshapen:
        raise Bad(Fault.PHONE_UNREADABLE, soft=True) from None


def _kept_number(cell: Cell) -> str:
    found = cells.digits(cell)
    return found if found.strip("0") else ""


def _kept_text(cell: Cell) -> str:
    if isinstance(cell, float) and abs(cell) >= cells.EXACT:
        raise Bad(Fault.LOST_DIGITS)
    return words(cell, KEPT_LONGEST)


def _softly(read: Read) -> Read:
    """Leave out a cell that the registry only keeps, and take the row."""

    def soft(cell: Cell) -> object:
        try:
            return read(cell)
        except Bad as bad:
            raise Bad(bad.fault, soft=True, **bad.details) from None

    return soft
