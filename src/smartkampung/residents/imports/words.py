"""What people are told about files and cells: what is wrong, and what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.residents.imports.models import ImportReview
from smartkampung.residents.imports.reading.records import (
    Defect,
    Fault,
    Format,
    Issue,
    Unusable,
)
from smartkampung.residents.imports.rules import Bar

Kind, Decision = ImportReview.Kind, ImportReview.Decision
FORMATS: Mapping[str, Promise] = {
    Format.OPENSID: _("OpenSID population workbook"),
    Format.OPENDK: _("OpenDK sync workbook or archive"),
    Format.PEOPLE: _("Smart Kampung CSV"),
    Format.DECILE: _("DTKS or DTSEN list (family card, NIK, decile)"),
    Format.RECIPIENTS: _("Programme recipients (sheets Program and Peserta)"),
}
FAULTS: Mapping[str, Promise] = {
    Fault.NAME_EMPTY: _("The name is empty. Fill in the name as on the KTP."),
    Fault.TOO_LONG: _(
        "Too long: %(typed)s characters, at most %(longest)s. Shorten it."
    ),
    Fault.LOST_DIGITS: _(
        "The spreadsheet holds this as a number and has lost its last digits. Format"
        " the column as text and copy the number again from the KTP or family card."
    ),
    Fault.NIK_NOT_DIGITS: _(
        "A NIK holds digits only. Check for letters, such as O in place of 0."
    ),
    Fault.NIK_LENGTH: _(
        "A NIK has 16 digits; this one has %(typed)s. Copy it from the KTP, or write 0"
        " when the person has none yet."
    ),
    Fault.NIK_DAY: _(
        "Digits 7 and 8 of a NIK are a day of birth (01-31, or 41-71 for women)."
        " Check them with the KTP."
    ),
    Fault.NIK_MONTH: _(
        "Digits 9 and 10 of a NIK are a month of birth (01-12). Check them with the"
        " KTP."
    ),
    Fault.KK_NOT_DIGITS: _(
        "A family card number holds digits only. Check for letters, such as O in place"
        " of 0."
    ),
    Fault.KK_LENGTH: _(
        "A family card number has 16 digits; this one has %(typed)s. Copy it from the"
        " card, or write 0 when there is none yet."
    ),
    Fault.KK_DAY: _(
        "Digits 7 and 8 of a family card number are a day (01-31). Check them with the"
        " card."
    ),
    Fault.KK_MONTH: _(
        "Digits 9 and 10 of a family card number are a month (01-12). Check them with"
        " the card."
    ),
    Fault.SEX_UNKNOWN: _("Write L or P (or 1 or 2)."),
    Fault.DATE_UNREADABLE: _(
        "This is not a date. Write day-month-year, such as 28-05-1985."
    ),
    Fault.DATE_IMPOSSIBLE: _("There is no such day. Check day and month."),
    Fault.DATE_SHORT_YEAR: _("Write the year with four digits, such as 1985."),
    Fault.DATE_FUTURE: _("This date lies in the future. Check the year."),
    Fault.DATE_SWAPPED: _(
        "Day and month seem to have changed places: the NIK says %(day)s-%(month)s."
        " Programs set to American dates do this. It was taken as it stands."
    ),
    Fault.NEIGHBOURHOOD: _(
        "RW and RT are numbers up to 999, such as 002. Write - for none."
    ),
    Fault.RECORD_NOT_VALID: _(
        "OpenSID has marked this record as not valid (9). Decide there what it is, or"
        " leave the row out."
    ),
    Fault.STATUS_UNKNOWN: _(
        "This status is not on the list; it was left out. Write 1 living, 2 dead, 3"
        " moved, 4 missing."
    ),
    Fault.LABEL_UNKNOWN: _(
        "This word is not on the list. It was kept as a note; the code is left open."
    ),
    Fault.FORMULA_EMPTY: _(
        "This formula has no stored result. Open the file in a spreadsheet program,"
        " save it, or paste the values."
    ),
    Fault.PHONE_UNREADABLE: _(
        "This does not look like an Indonesian telephone number; it was left out."
    ),
    Fault.DECILE_RANGE: _("A decile is a number from 1 to 10."),
    Fault.NUMBERS_EMPTY: _("Fill in the family card number or the NIK."),
    Fault.REPEATED_ROW: _("The same person stands in row %(before)s. Delete one row."),
    Fault.VILLAGE_UNKNOWN: _(
        "There is no such village here. Write its code, such as 35.10.09.2003."
    ),
    Fault.VILLAGE_OUTSIDE: _(
        "This row belongs to another village than %(village)s. Import it there."
    ),
    Fault.NOT_REGISTERED: _(
        "The registry does not know this family or person. Register them first."
    ),
    Fault.NOT_IN_AREA: _("This family does not live in the area of this import."),
    Fault.LIVES_NOT_HERE: _(
        "The registry says that this person died or moved away. Check the list."
    ),
    Fault.NOBODY_HERE: _("Nobody in your area has this NIK. Compare it with the KTP."),
    Fault.ACCOUNT_AS_NUMBER: _(
        "The spreadsheet holds this account as a number, so zeros in front may be lost."
        " Format the column as text and copy the numbers again."
    ),
    Fault.ACCOUNT_BANK: _(
        "This bank is not on our list. Write its code of three digits, or its name."
    ),
    Fault.ACCOUNT_NUMBER: _("An account number has 6 to 20 digits. Check it again."),
    Fault.ACCOUNT_HOLDER: _(
        "Write the name of the account holder as at the bank, 70 letters at most."
    ),
    Fault.ACCOUNT_REFUSED: _(
        "Another account of this person waits, or this one differs from what was written"
        " down, or you brought it yourself, or it is somebody else's. Ask for the"
        " passbook."
    ),
    Fault.KIND_UNKNOWN: _(
        "What happened is one of: PHK, dirumahkan, jam kerja berkurang, usaha tutup,"
        " penjualan turun, pekerja migran."
    ),
    Fault.MONEY_UNREADABLE: _("Write an amount in rupiah in digits, such as 1500000."),
    Fault.COUNT_UNREADABLE: _("Write a number from 0 to 20."),
    Fault.OTHER_NAME: _(
        "The registry has another name for this NIK. Compare both with the KTP."
    ),
    Fault.DATE_EMPTY: _("Write the day on which the case was confirmed."),
    Fault.OUTCOME_UNKNOWN: _("How it ended is one of: sakit, sembuh, meninggal."),
    Fault.OUTCOME_DAY: _(
        "Write on which day it ended, not before the confirmation; none while ill."
    ),
    Fault.CASE_KNOWN: _(
        "This person is recorded already, less than 90 days apart. Correct that case."
    ),
    Fault.CASE_VILLAGE: _(
        "No village in your care has this name or code. Write its 10-digit code."
    ),
    Fault.CASE_RT: _(
        "The village has no such RT, or several of this number. Write RW and RT."
    ),
    Fault.AID_BLOCKED: _("Already receives %(programme)s, which excludes this aid."),
}
DEFECTS: Mapping[str, Promise] = {
    Defect.EMPTY: _("The file is empty. Choose the file again."),
    Defect.TOO_BIG: _(
        "The file is larger than %(megabytes)s MB. Split it, for instance by hamlet."
    ),
    Defect.TOO_MANY_ROWS: _("The file has more than %(most)s rows. Bring it in parts."),
    Defect.ZIP_BOMB: _(
        "The file unpacks to far more than a list of people holds. It was not opened."
    ),
    Defect.TOO_HEAVY: _(
        "The file could not be read: it claims a table too large to hold, or is"
        " damaged. Copy the rows into a new workbook and try again."
    ),
    Defect.TOO_WIDE: _(
        "A sheet has %(columns)s columns; at most %(most)s are read. Delete the empty"
        " columns on the right."
    ),
    Defect.LOCKED: _(
        "The file is protected by a password. Save it without one and try again."
    ),
    Defect.OLD_WORKBOOK: _(
        "This is an old .xls workbook. Open it and save it as .xlsx."
    ),
    Defect.NOT_A_TABLE: _(
        "This is not a table. Accepted are .xlsx, .xlsm, .csv and the OpenDK .zip."
    ),
    Defect.WEB_PAGE: _(
        "This is a web page saved under the name of a workbook. Open it in a"
        " spreadsheet program and save it as .xlsx."
    ),
    Defect.DAMAGED: _(
        "The file is damaged and cannot be read. Open it in a spreadsheet program and"
        " save it anew."
    ),
    Defect.NOT_TEXT: _(
        "Row %(line)s holds a sign that no text has. Write that row anew and save the"
        " file as .xlsx or CSV."
    ),
    Defect.NO_HEADER: _(
        "No row with the column names was found. Needed are: %(columns)s."
    ),
    Defect.COLUMNS_MISSING: _("These columns are missing: %(columns)s."),
    Defect.COLUMN_TWICE: _("The column %(column)s stands twice: %(where)s. Keep one."),
    Defect.NO_ROWS: _("There is no row of data below the column names."),
    Defect.NO_TABLE_IN_ZIP: _("The archive holds no workbook and no CSV file."),
    Defect.NO_PROGRAMME_SHEET: _(
        "The sheet Program is missing or comes after the sheet Peserta."
    ),
    Defect.NO_RECIPIENT_SHEET: _("The sheet Peserta is missing."),
    Defect.TARGET_UNKNOWN: _(
        "The target in the sheet Program must be 1 (people) or 2 (families)."
    ),
    Defect.VILLAGE_NEEDED: _(
        "The file does not say which village it is from. Choose the village."
    ),
    Defect.VILLAGE_UNKNOWN: _("There is no village %(village)s here."),
    Defect.PROGRAMME_UNKNOWN: _(
        "There is no programme %(programme)s here. Choose one of: %(known)s."
    ),
}
REVIEWS: Mapping[str, Promise] = {
    Kind.BIRTH_DATE: _("The registry has another birth date for this NIK."),
    Kind.OTHER_PERSON: _("The registry has somebody else under this NIK."),
    Kind.ELSEWHERE: _("This NIK is registered in another village: a move is proposed."),
    Kind.NOW_HAS_NIK: _(
        "The registry knows somebody of this name and birth date without a NIK."
    ),
    Kind.HAD_NIK: _(
        "The file gives no NIK, but the registry has one for somebody of this name and"
        " birth date."
    ),
    Kind.TWICE_IN_FILE: _("Two different people in the file have this NIK."),
    Kind.BACK_TO_LIFE: _(
        "The registry says that this person died or moved; the file says living."
    ),
    Kind.CARD_ELSEWHERE: _("This family card is registered in another village."),
    Kind.NUMBERS_DISAGREE: _(
        "Family card and NIK of this row belong to different families."
    ),
}
DECISIONS: Mapping[str, Promise] = {
    Decision.SAME_PERSON: _("It is the same person: take what the file says"),
    Decision.ANOTHER_PERSON: _("It is somebody else: add them as a new person"),
    Decision.MOVE_HERE: _("They have moved: register them in the new village"),
    Decision.JOIN_CARD: _("They belong to this family card: add them to it"),
    Decision.DISMISS: _("Leave the registry as it is"),
}
BARS: Mapping[str, Promise] = {
    Bar.NOT_READY: _("This import is not waiting to be applied."),
    Bar.NOTHING_TO_DO: _("There is nothing to apply: the registry already says this."),
    Bar.EXPIRED: _("This preview has expired. Please upload the file again."),
    Bar.NOT_APPLIED: _("Only an import that was applied can be undone."),
    Bar.ALREADY_UNDONE: _("This import was already undone."),
    Bar.RUNNING: _("This import is still being worked on. Please wait a moment."),
}
FIELDS: Mapping[str, Promise] = {
    "nik": _("NIK"),
    "name": _("Name"),
    "sex": _("Sex"),
    "born_on": _("Birth date"),
    "birth_place": _("Birth place"),
    "religion": _("Religion"),
    "education": _("Education"),
    "occupation": _("Occupation"),
    "marital_status": _("Marital status"),
    "blood_type": _("Blood type"),
    "citizenship": _("Citizenship"),
    "relation": _("Relation to the head"),
    "father_name": _("Father's name"),
    "mother_name": _("Mother's name"),
    "status": _("Status"),
    "region_code": _("RW and RT"),
    "card_region": _("RW and RT of the family"),
    "kk": _("Family card number"),
    "temporary_id": _("Temporary id"),
    "address": _("Address"),
    "dusun": _("Hamlet"),
    "phone": _("Phone"),
    "decile": _("Welfare decile"),
    "programme": _("Programme"),
}
# Columns whose values are numbers of people: only their last digits are shown.
MASKED = ("nik", "kk", "phone", "temporary_id", "paspor", "kitas", "asuransi", "card")
SHOWN, HIDDEN, DOT = 4, 12, "\u2022"  # as sealed values show their masks


def defect(error: Unusable) -> str:
    """Return why a file cannot be used, and what to do."""
    return defect_of(error.defect.value, error.details)


def defect_of(code: str, details: dict[str, Any]) -> str:
    """Return the words for a stored defect."""
    return str(DEFECTS[code]) % {
        name: _listed(value) for name, value in details.items()
    }


def fault(issue: Issue) -> str:
    """Return what is wrong with a cell, and what to do."""
    return str(FAULTS[issue.fault]) % issue.details


def fault_at(issue: Issue, sheet: str) -> str:
    """Return the same with sheet, cell and value, as one sentence."""
    where = f"{sheet}!{issue.cell}" if sheet else issue.cell
    value = masked(issue.column, issue.value)
    return f"{where} ({issue.column}): {value!r}. {fault(issue)}"


def field(name: str) -> str:
    """Return what a column of the registry, or a kept one, is called."""
    return str(FIELDS.get(name, name))


def masked(column: str, value: str) -> str:
    """Return a value as it may be shown: numbers of people by their last digits."""
    secret = any(word in column.lower().replace("peserta", "nik") for word in MASKED)
    digits = sum(mark.isdigit() for mark in value)
    if not secret or digits <= SHOWN:
        return value
    if "E+" in value:  # a number that lost its digits shows how a sheet holds it
        return f"{value[:3]}\u2026{value[value.index('E+') :]}"
    return f"{DOT * min(len(value) - SHOWN, HIDDEN)}{value[-SHOWN:]}"


def _listed(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    return str(value)
