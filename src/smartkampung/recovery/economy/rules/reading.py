"""Amounts, months and names of types as people and budget systems write them."""

import math
import re
import unicodedata
from datetime import date
from decimal import Decimal
from enum import StrEnum

from smartkampung.recovery.economy.rules.kinds import ACCOUNTS, PARENTS, TAX, TOTAL

Cell = str | int | float | None
LARGEST = Decimal(10) ** 15
FIRST_YEAR = 2000
_CENT = Decimal("0.01")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?")
_PLAIN = re.compile(r"\d+(?:[.,]\d{1,2})?")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+\.\d{1,2}|\d{1,3}(?:,\d{3}){2,}")
_CURRENCY = re.compile(r"^(?:rp|idr)\.?\s*", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?")
_YEAR_LAST = re.compile(r"(?:\d{1,2}[-/.])?(\d{1,2})[-/.](\d{4})")
_NAMED = re.compile(r"([a-z]+)\.?[ \-/]*(\d{4})?")
_ODD = re.compile(r"[^a-z0-9]+")
NIL = {"nihil", "nil"}
NOTHING = {"", "-", "–", "—"}
MINUS = "-−–"


class Fault(StrEnum):
    """What is wrong with a cell. Words for these: ``economy.words``."""

    AMOUNT = "amount"
    AMBIGUOUS = "ambiguous"
    TOO_LARGE = "too_large"
    NEGATIVE = "negative"
    NOT_WHOLE = "not_whole"
    MONTH = "month"
    YEAR_MISSING = "year_missing"
    FUTURE = "future"
    TOO_OLD = "too_old"
    TYPE = "type"
    SECTOR = "sector"
    SITE = "site"
    CARD_NUMBER = "card_number"
    NOTHING_TOLD = "nothing_told"
    TWICE = "twice"
    PERCENT = "percent"  # a remark: the row is taken


class Unread(Exception):
    """A cell that says nothing one could write down."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


MONTHS = (
    ("januari", "january", "jan"),
    ("februari", "pebruari", "february", "feb", "peb"),
    ("maret", "march", "mar", "mrt"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("agustus", "august", "agu", "agt", "agst", "ags", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "december", "des", "dec"),
)
_MONTH_OF = {name: at for at, names in enumerate(MONTHS, 1) for name in names}
_TYPES = {
    "pad": TOTAL,
    "total_pad": TOTAL,
    "jumlah_pad": TOTAL,
    "jumlah": TOTAL,
    "total": TOTAL,
    "pendapatan_asli_daerah": TOTAL,
    "pendapatan_asli_daerah_pad": TOTAL,
    "pajak_daerah": TAX,
    "pajak_hotel": "hotel",
    "pajak_restoran": "restaurant",
    "pajak_hiburan": "entertainment",
    "pajak_reklame": "advertisement",
    "pajak_penerangan_jalan": "street_lighting",
    "ppj": "street_lighting",
    "pajak_parkir": "parking",
    "pajak_air_tanah": "ground_water",
    "pajak_air_bawah_tanah": "ground_water",
    "pajak_sarang_burung_walet": "swiftlets",
    "pajak_mineral_bukan_logam_dan_batuan": "minerals",
    "pajak_mblb": "minerals",
    "mblb": "minerals",
    "pbb": "pbb",
    "pbb_p2": "pbb",
    "pajak_bumi_dan_bangunan": "pbb",
    "pajak_bumi_dan_bangunan_perdesaan_dan_perkotaan": "pbb",
    "pajak_bumi_dan_bangunan_perdesaan_dan_perkotaan_pbbp2": "pbb",
    "bphtb": "bphtb",
    "bea_perolehan_hak_atas_tanah_dan_bangunan": "bphtb",
    "bea_perolehan_hak_atas_tanah_dan_bangunan_bphtb": "bphtb",
    "retribusi": "levies",
    "retribusi_daerah": "levies",
    "hasil_kekayaan_daerah_dipisahkan": "assets",
    "hasil_pengelolaan_kekayaan_daerah_yang_dipisahkan": "assets",
    "lain_lain_pad_sah": "other",
    "lain_lain_pad_yang_sah": "other",
    "lain_lain_pendapatan_asli_daerah_yang_sah": "other",
}
_OF_A_TOTAL = re.compile(r"^(?:sub_?)?(?:jumlah|total)_")


def amount(cell: Cell) -> Decimal | None:
    """Return the number of a cell; None where it holds nothing.

    Raises Unread for what could be read in two ways ("1,234"), rather than guess.
    """
    if cell is None or isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return _number(cell)
    text = " ".join(unicodedata.normalize("NFKC", cell).split()).strip("'")
    if text in NOTHING:
        return None
    if text.lower() in NIL:
        return Decimal(0)
    body, negative = _unsigned(text)
    value = _digits(body.replace(" ", ""))
    return _fitting(-value if negative else value)


def _unsigned(text: str) -> tuple[str, bool]:
    """Return the figures of a text without sign and currency: -1, (1), 1-, Rp-1."""
    body, negative = text, False
    if body.startswith("(") and body.endswith(")"):
        body, negative = body[1:-1].strip(), True
    for _ in range(2):  # the sign stands before the currency or behind it
        if not negative and body[:1] and body[0] in MINUS:
            body, negative = body[1:].strip(), True
        body = _CURRENCY.sub("", body)
    if not negative and body[-1:] and body[-1] in MINUS:
        body, negative = body[:-1].strip(), True
    return body, negative


def _digits(body: str) -> Decimal:
    if not body.isascii():
        raise Unread(Fault.AMOUNT)
    if _GROUPED.fullmatch(body):
        return Decimal(body.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(body):
        return Decimal(body.replace(",", "."))
    if _ENGLISH.fullmatch(body):
        return Decimal(body.replace(",", ""))
    if re.fullmatch(r"\d{1,3},\d{3}", body):
        raise Unread(Fault.AMBIGUOUS)
    raise Unread(Fault.AMOUNT)


def _number(value: int | float) -> Decimal:
    if not math.isfinite(value):
        raise Unread(Fault.AMOUNT)
    return _fitting(Decimal(repr(value)))


def _fitting(value: Decimal) -> Decimal:
    if abs(value) >= LARGEST:
        raise Unread(Fault.TOO_LARGE)
    return value.quantize(_CENT)


def percentage(cell: Cell) -> Decimal | None:
    """Return what a cell of percent says; None where it says nothing one can read."""
    try:
        return amount(cell.replace("%", "") if isinstance(cell, str) else cell)
    except Unread:
        return None


def fits(told: Decimal, *, realised: Decimal, target: Decimal) -> bool:
    """Say whether a percentage belongs to its figures, to a tenth or as it is rounded.

    A spreadsheet may hold 98.4 % as 0.984.
    """
    if target <= 0:
        return True
    true = 100 * realised / target
    return any(abs(each - true) <= Decimal("0.51") for each in (told, 100 * told))


def month(cell: Cell, year: Cell = None, *, today: date) -> date:
    """Return the first day of the month that a cell names, with the year beside it.

    Raises Unread for no month, one without a year, and one that has not begun.
    """
    text = _month_text(cell)
    number, told = _month_and_year(text)
    told = told or _year(year)
    if not told:
        raise Unread(Fault.YEAR_MISSING)
    if not 1 <= number <= 12:
        raise Unread(Fault.MONTH)
    found = date(told, number, 1) if told <= 9999 else date.max
    if found > today:
        raise Unread(Fault.FUTURE)
    if told < FIRST_YEAR:
        raise Unread(Fault.TOO_OLD)
    return found


def _month_text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str("" if cell is None else cell).lower().split()).strip("'")


def _month_and_year(text: str) -> tuple[int, int]:
    if found := _ISO.fullmatch(text):
        return int(found[2]), int(found[1])
    if found := _YEAR_LAST.fullmatch(text):
        return int(found[1]), int(found[2])
    if text.isascii() and text.isdigit() and len(text) <= 2:
        return int(text), 0
    found = _NAMED.fullmatch(text)
    if found and found[1] in _MONTH_OF:
        return _MONTH_OF[found[1]], int(found[2] or 0)
    raise Unread(Fault.MONTH)


def _year(cell: Cell) -> int:
    try:
        return int(float(str(cell)))
    except (ValueError, OverflowError):
        return 0


def revenue_type(name: Cell, account: Cell = None) -> str:
    """Return the type of revenue that a row is about; Unread when it is none.

    The account decides where it stands; sums ("Jumlah Pajak Daerah") are their type.
    """
    code = str(account or "").strip().rstrip(".")
    if code in ACCOUNTS:
        return ACCOUNTS[code]
    said = _ODD.sub("_", str(name or "").lower()).strip("_")
    for each in (said, _OF_A_TOTAL.sub("", said), f"pajak_{said}"):
        if each in _TYPES:
            return _TYPES[each]
        if each in PARENTS:
            return each
    raise Unread(Fault.TYPE)
