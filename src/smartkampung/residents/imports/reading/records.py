"""What the child tells its parent, in plain values that JSON carries."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple


class Format(StrEnum):
    """The kinds of file that can be imported."""

    OPENSID = "opensid"
    OPENDK = "opendk"
    PEOPLE = "people"
    DECILE = "desil"
    RECIPIENTS = "recipients"
    ACCOUNTS = "accounts"
    REVENUE = "revenue"
    VISITS = "visits"
    BUSINESSES = "businesses"
    AFFECTED = "affected"
    CASES = "cases"
    TESTS = "tests"
    BEDS = "beds"
    PATIENTS = "patients"
    TRACING = "tracing"


class Fault(StrEnum):
    """What is wrong with a cell. Words for these: ``imports.words``."""

    NAME_EMPTY = "name_empty"
    TOO_LONG = "too_long"
    LOST_DIGITS = "lost_digits"
    NIK_NOT_DIGITS = "nik_not_digits"
    NIK_LENGTH = "nik_length"
    NIK_DAY = "nik_impossible_day"
    NIK_MONTH = "nik_impossible_month"
    KK_NOT_DIGITS = "kk_not_digits"
    KK_LENGTH = "kk_length"
    KK_DAY = "kk_impossible_day"
    KK_MONTH = "kk_impossible_month"
    SEX_UNKNOWN = "sex_unknown"
    DATE_UNREADABLE = "date_unreadable"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_SHORT_YEAR = "date_short_year"
    DATE_FUTURE = "date_future"
    DATE_SWAPPED = "date_swapped"
    NEIGHBOURHOOD = "neighbourhood_unreadable"
    RECORD_NOT_VALID = "record_not_valid"
    STATUS_UNKNOWN = "status_unknown"
    LABEL_UNKNOWN = "label_unknown"
    FORMULA_EMPTY = "formula_empty"
    PHONE_UNREADABLE = "phone_unreadable"
    DECILE_RANGE = "decile_range"
    NUMBERS_EMPTY = "numbers_empty"
    ACCOUNT_AS_NUMBER = "account_as_number"
    KIND_UNKNOWN = "kind_unknown"
    MONEY_UNREADABLE = "money_unreadable"
    COUNT_UNREADABLE = "count_unreadable"
    DATE_EMPTY = "date_empty"
    OUTCOME_UNKNOWN = "outcome_unknown"
    OUTCOME_DAY = "outcome_day"
    # found by the parent, who knows the registry
    REPEATED_ROW = "repeated_row"
    VILLAGE_UNKNOWN = "village_unknown"
    VILLAGE_OUTSIDE = "village_outside"
    NOT_REGISTERED = "not_registered"
    NOT_IN_AREA = "not_in_area"
    LIVES_NOT_HERE = "not_living"
    AID_BLOCKED = "aid_blocked"
    ACCOUNT_BANK = "account_bank"
    ACCOUNT_NUMBER = "account_number"
    ACCOUNT_HOLDER = "account_holder"
    NOBODY_HERE = "nobody_here"
    ACCOUNT_REFUSED = "account_refused"
    OTHER_NAME = "other_name"
    CASE_KNOWN = "case_known"
    CASE_VILLAGE = "case_village"
    CASE_RT = "case_rt"


class Defect(StrEnum):
    """Why a whole file cannot be used. Words for these: ``imports.words``."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    TOO_MANY_ROWS = "too_many_rows"
    ZIP_BOMB = "zip_bomb"
    TOO_HEAVY = "too_heavy"
    TOO_WIDE = "too_wide"
    LOCKED = "locked"
    OLD_WORKBOOK = "old_workbook"
    NOT_A_TABLE = "not_a_table"
    WEB_PAGE = "web_page"
    DAMAGED = "damaged"
    NOT_TEXT = "not_text"
    NO_HEADER = "no_header"
    COLUMNS_MISSING = "columns_missing"
    COLUMN_TWICE = "column_twice"
    NO_ROWS = "no_rows"
    NO_TABLE_IN_ZIP = "no_table_in_zip"
    NO_PROGRAMME_SHEET = "no_programme_sheet"
    NO_RECIPIENT_SHEET = "no_recipient_sheet"
    TARGET_UNKNOWN = "target_unknown"
    # found by the parent
    VILLAGE_NEEDED = "village_needed"
    VILLAGE_UNKNOWN = "no_such_village"
    PROGRAMME_UNKNOWN = "programme_unknown"


class Unusable(Exception):
    """A file that cannot be used at all, and what to say about it."""

    def __init__(self, defect: Defect, **details: Any) -> None:
        super().__init__(defect.value)
        self.defect = defect
        self.details = details


class Bad(Exception):
    """A cell that cannot be taken. ``soft`` leaves the cell out and takes the row."""

    def __init__(self, fault: Fault, *, soft: bool = False, **details: Any) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.soft = soft
        self.details = details


class Issue(NamedTuple):
    """What is wrong with one cell, and where it stands."""

    column: str
    cell: str
    value: str
    fault: str
    details: dict[str, Any]


class PersonDraft(NamedTuple):
    """One person as the file tells it, in the registry's own values.

    Empty and None mean that the file says nothing. ``details`` holds the columns
    that the registry only keeps and gives back.
    """

    line: int
    village: str = ""
    nik: str = ""
    temporary_id: str = ""
    kk: str = ""
    family_id: str = ""
    name: str = ""
    sex: str = ""
    born_on: str = ""
    birth_place: str = ""
    religion: int | None = None
    education: int | None = None
    occupation: int | None = None
    marital_status: int | None = None
    blood_type: int | None = None
    citizenship: int | None = None
    relation: int | None = None
    father_name: str = ""
    mother_name: str = ""
    status: str = ""
    dusun: str = ""
    rw: str = ""
    rt: str = ""
    address: str = ""
    phone: str = ""
    details: dict[str, str] | None = None
    folded: str = ""  # the name as it is searched and compared


class DecileDraft(NamedTuple):
    """One line of a welfare list: a family, by card or by a NIK of it, and its decile."""

    line: int
    kk: str = ""
    nik: str = ""
    decile: int = 0
    name: str = ""


class RecipientDraft(NamedTuple):
    """One recipient of a programme, by NIK or by family card."""

    line: int
    number: str = ""
    nik: str = ""
    card: str = ""
    name: str = ""


class AccountDraft(NamedTuple):
    """One bank account of a person, as a list of a bank tells it."""

    line: int
    nik: str
    bank: str
    number: str
    holder: str


class FigureDraft(NamedTuple):
    """One row of figures: its known cells by name, numbers apart from text."""

    line: int
    cells: dict[str, str | int | float]


class AffectedDraft(NamedTuple):
    """One person hit by the crisis, as an employer or association tells it.

    Empty and None mean that the file says nothing. ``raw`` is the row as it stood.
    """

    line: int
    nik: str
    name: str
    born_on: str = ""
    kind: str = ""
    happened_on: str = ""
    income_before: int | None = None
    income_after: int | None = None
    dependants: int | None = None
    skills: str = ""
    raw: Sequence[str] = ()


class CaseDraft(NamedTuple):
    """One confirmed case, as a Puskesmas lists it; ``raw`` is the row as it stood."""

    line: int
    nik: str
    name: str
    village: str = ""
    rw: str = ""
    rt: str = ""
    address: str = ""
    confirmed_on: str = ""
    outcome: str = ""
    outcome_on: str = ""
    raw: Sequence[str] = ()


class Rejected(NamedTuple):
    """A row that cannot be taken: what is wrong, and the row as it stood."""

    line: int
    issues: list[Issue]
    raw: list[str]


class Noted(NamedTuple):
    """Cells of a row that were left out, though the row is taken."""

    line: int
    issues: list[Issue]
