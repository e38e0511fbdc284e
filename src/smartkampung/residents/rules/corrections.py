"""Corrections of a record: what may be corrected, and when a wish may be decided."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum

from smartkampung.residents.rules.births import read_birth
from smartkampung.residents.rules.numbers import Misshapen, Problem, read_kk, read_nik
from smartkampung.residents.rules.phones import read_phone
from smartkampung.residents.rules.quarantine import Bar as ReasonBar
from smartkampung.residents.rules.quarantine import reason_bars
from smartkampung.residents.siak import CODES, HEAD_OF_FAMILY, CodeList

# UU PDP and the village's own promise: 3 x 24 hours, nights and Sundays included.
DECIDE_WITHIN = timedelta(hours=72)
RESIDENT = "resident"
_LETTER = re.compile(r"[^\W\d_]")


class Field(StrEnum):
    """The fields of a record that a wish may be about, named as the columns are."""

    NAME = "name"
    NIK = "nik"
    SEX = "sex"
    BORN_ON = "born_on"
    BIRTH_PLACE = "birth_place"
    RELIGION = "religion"
    EDUCATION = "education"
    OCCUPATION = "occupation"
    MARITAL_STATUS = "marital_status"
    BLOOD_TYPE = "blood_type"
    RELATION = "relation"
    FATHER_NAME = "father_name"
    MOTHER_NAME = "mother_name"
    KK = "kk"
    PHONE = "phone"
    ADDRESS = "address"


OF_THE_FAMILY = frozenset({Field.KK, Field.PHONE, Field.ADDRESS})
SEALED = frozenset({Field.NIK, Field.KK, Field.PHONE})
# Who somebody is: nobody changes that without a document in sight.
NEEDS_EVIDENCE = frozenset({Field.NAME, Field.NIK, Field.SEX, Field.BORN_ON, Field.KK})
CODED: dict[Field, CodeList] = {
    Field.RELIGION: CodeList.RELIGION,
    Field.EDUCATION: CodeList.EDUCATION,
    Field.OCCUPATION: CodeList.OCCUPATION,
    Field.MARITAL_STATUS: CodeList.MARITAL_STATUS,
    Field.BLOOD_TYPE: CodeList.BLOOD_TYPE,
    Field.RELATION: CodeList.RELATION,
}
_NUMBERS: dict[Field, Callable[[str], str]] = {
    Field.NIK: read_nik,
    Field.KK: read_kk,
    Field.PHONE: read_phone,
}


def read_wanted(field: Field, text: str, *, today: date) -> str:
    """Return a typed value in the spelling in which it is kept.

    Dates as ``2001-02-03``, codes as digits, sex as ``L`` or ``P``. Raises Misshapen.
    """
    text = " ".join(text.split())
    if field in _NUMBERS:
        return _NUMBERS[field](text)
    if not text:
        raise Misshapen(Problem.EMPTY)
    if field is Field.BORN_ON:
        return _birth(text, today)
    if field in CODED or field is Field.SEX:
        return _listed(field, text)
    if field is not Field.ADDRESS and not _LETTER.search(text):
        raise Misshapen(Problem.NO_LETTERS)
    return text


def codes_of(field: Field) -> list[int]:
    """Return the codes that a wish may choose; head of family goes by its own event."""
    codes = CODES[CODED[field]]
    return [
        code
        for code in codes
        if not (field is Field.RELATION and code == HEAD_OF_FAMILY)
    ]


def _birth(text: str, today: date) -> str:
    found = read_birth(text, today=today)
    if not isinstance(found, date):
        raise Misshapen(Problem.NOT_A_DATE)
    return found.isoformat()


def _listed(field: Field, text: str) -> str:
    known = {"L", "P"} if field is Field.SEX else {str(c) for c in codes_of(field)}
    if text not in known:
        raise Misshapen(Problem.NOT_ON_LIST)
    return text


class Bar(StrEnum):
    """Why a wish cannot be made or decided so. Words: ``residents.corrections.words``."""

    SAME_VALUE = "same_value"
    EVIDENCE_MISSING = "evidence_missing"
    EXPLANATION_TOO_SHORT = "explanation_too_short"
    NUMBER_IN_TEXT = "number_in_text"
    ALREADY_ASKED = "already_asked"
    FORM_REUSED = "form_reused"
    IS_HEAD = "is_head"
    AFTER_FIRST_EVENT = "after_first_event"
    DECIDED = "decided"
    OWN_WISH = "own_wish"
    REASON_TOO_SHORT = "reason_too_short"
    RECORD_CHANGED = "record_changed"
    CARD_TAKEN = "card_taken"
    NIK_TAKEN = "nik_taken"


_TEXT = {
    ReasonBar.REASON_TOO_SHORT: Bar.EXPLANATION_TOO_SHORT,
    ReasonBar.NUMBER_IN_REASON: Bar.NUMBER_IN_TEXT,
}


def bars_to_ask(
    field: Field,
    *,
    recorded: str,
    wanted: str,
    explanation: str,
    has_evidence: bool,
    is_head: bool,
) -> list[Bar]:
    """Return everything that is wrong with a wish, so that all is mended at once."""
    tests = {
        Bar.SAME_VALUE: recorded == wanted,
        Bar.EVIDENCE_MISSING: field in NEEDS_EVIDENCE and not has_evidence,
        Bar.IS_HEAD: field is Field.RELATION and is_head,
    }
    found = [bar for bar, holds in tests.items() if holds]
    found += [_TEXT[bar] for bar in reason_bars(explanation)]
    if field not in SEALED and ReasonBar.NUMBER_IN_REASON in reason_bars(wanted):
        found.append(Bar.NUMBER_IN_TEXT)
    return list(dict.fromkeys(found))


def bars_to_decide(
    *,
    decided: bool,
    asked_by: str,
    decided_by: str,
    accepted: bool,
    reason: str,
    changed: bool,
) -> list[Bar]:
    """Return everything that stands in the way of a decision.

    A refusal says why; what was accepted explains itself. ``changed``: the record no
    longer says what it said when the wish was made.
    """
    tests = {
        Bar.DECIDED: decided,
        Bar.OWN_WISH: asked_by == decided_by,
        Bar.RECORD_CHANGED: accepted and changed,
    }
    found = [bar for bar, holds in tests.items() if holds]
    texts = reason_bars(reason)
    if not accepted and ReasonBar.REASON_TOO_SHORT in texts:
        found.append(Bar.REASON_TOO_SHORT)
    if ReasonBar.NUMBER_IN_REASON in texts:
        found.append(Bar.NUMBER_IN_TEXT)
    return found
