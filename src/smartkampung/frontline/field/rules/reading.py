"""The questions of a form as data, and reading the answers to them. Knows no page."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from smartkampung.residents.rules import (
    Misshapen,
    holds_number,
    read_nik,
    read_phone,
)
from smartkampung.residents.rules.numbers import DIGITS, LOOSE_RUN

MOST_TEXT = 1000
STRANGE = "unknown"
STRUCK = "•••"


class Type(StrEnum):
    """What kind of answer a question takes."""

    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    TEXT = "text"
    BOOL = "bool"
    DATE = "date"
    PHOTO = "photo"
    SIGNATURE = "signature"


BESIDE = (Type.PHOTO, Type.SIGNATURE)


class Format(StrEnum):
    """Texts that are numbers on a card or of a telephone."""

    NIK = "nik"
    PHONE = "phone"


# For phones, of what is left without spaces and signs: it lets through whatever the
# server takes, and stops what nobody could mean.
PATTERNS = {
    Format.NIK: (
        "[1-9][0-9]{5}(?:0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])"
        "(?:0[1-9]|1[0-2])[0-9]{6}"
    ),
    Format.PHONE: r"\+?(?:00)?(?:62)?0?(?:8[1-9]|[2-79][0-9])[0-9]{6,10}",
}


@dataclass(frozen=True)
class Question:
    """One question. Labels are words in two languages; rules do not look at them.

    ``when`` names another question and the answers with which this one is asked;
    ``since`` and ``upto`` one whose answer is the least or the most that this may be.
    ``open``: the choices depend on who asks, and whoever takes the answer looks again.
    """

    name: str
    type: Type
    label: Any
    choices: Sequence[tuple[str, Any]] = ()
    required: bool = False
    least: Any = None
    most: Any = None
    step: str = ""
    help: Any = None
    format: Format | None = None
    when: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    open: bool = False
    since: str = ""
    upto: str = ""


class Wrong(StrEnum):
    """What is wrong with an answer."""

    MISSING = "missing"
    NOT_OFFERED = "not_offered"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_BOUNDS = "out_of_bounds"
    NOT_TEXT = "not_text"
    TOO_LONG = "too_long"
    BEFORE_OTHER = "before_other"
    ABOVE_OTHER = "above_other"
    NOT_A_DAY = "not_a_day"
    NOT_YES_OR_NO = "not_yes_or_no"
    UNKNOWN = "unknown_question"


class BadAnswer(Exception):
    """One answer that cannot be taken: ``why`` says so."""

    def __init__(self, why: Wrong | Misshapen) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True)
class Read:
    """The answers by question, and what is wrong with those that are.

    ``struck``: the texts out of which the number of a card was taken.
    """

    values: Mapping[str, Any]
    wrong: Mapping[str, Wrong | Misshapen]
    struck: frozenset[str] = frozenset()


def read(questions: Sequence[Question], body: Mapping[str, Any]) -> Read:
    """Return every answer that was asked for, and everything that is wrong at once.

    An answer to a question that nobody asked is wrong too: it would be lost unseen.
    """
    values: dict[str, Any] = {}
    known = {question.name for question in questions}
    # Their names came from the phone, and may tell anything: one word for all.
    strange = (name not in known and not _empty(value) for name, value in body.items())
    wrong: dict[str, Wrong | Misshapen] = (
        {STRANGE: Wrong.UNKNOWN} if any(strange) else {}
    )
    for question in questions:
        value = body.get(question.name)
        if not asked(question, body):
            values[question.name] = _nothing(question)
            continue
        try:
            values[question.name] = _answer(question, value)
        except BadAnswer as bad:
            wrong[question.name] = bad.why
    struck = {one.name for one in questions if _strike(one, values)}
    return Read(values, wrong | _beside(questions, values), frozenset(struck))


def _strike(question: Question, values: dict[str, Any]) -> bool:
    """Take the number of a card out of a text: the work itself is not held up by it."""
    text = values.get(question.name)
    if (
        question.type is not Type.TEXT
        or question.format
        or not holds_number(text or "")
    ):
        return False
    plain = unicodedata.normalize("NFKC", str(text))
    values[question.name] = LOOSE_RUN.sub(
        lambda run: STRUCK if sum(map(str.isdecimal, run[0])) >= DIGITS else run[0],
        plain,
    )
    return True


def _beside(
    questions: Sequence[Question], values: Mapping[str, Any]
) -> dict[str, Wrong | Misshapen]:
    """Return which answers do not fit to another one."""
    wrong: dict[str, Wrong | Misshapen] = {}
    for question in questions:
        value: Any = values.get(question.name)
        least, most = values.get(question.since), values.get(question.upto)
        if value is None:
            continue
        if least is not None and value < least:
            wrong[question.name] = Wrong.BEFORE_OTHER
        if most is not None and value > most:
            wrong[question.name] = Wrong.ABOVE_OTHER
    return wrong


def asked(question: Question, body: Mapping[str, Any]) -> bool:
    """Say whether a question is asked, as the other answers are."""
    return all(
        any(_same(body.get(name), answer) for answer in answers)
        for name, answers in question.when.items()
    )


def _same(given: Any, wanted: Any) -> bool:
    if isinstance(wanted, bool):
        return bool(given) is wanted if given is None else given is wanted
    return bool(given == wanted)


def _empty(value: Any) -> bool:
    return value is None or value in ("", [])


def _nothing(question: Question) -> Any:
    return {Type.SEVERAL: (), Type.TEXT: "", Type.BOOL: False}.get(question.type)


def _answer(question: Question, value: Any) -> Any:
    if _empty(value):
        # Photos are named beside the answers: whoever takes them asks for them.
        if question.required and question.type not in BESIDE:
            raise BadAnswer(Wrong.MISSING)
        return _nothing(question)
    return _READERS[question.type](question, value)


def _choice(question: Question, value: Any) -> str:
    if not isinstance(value, str):
        raise BadAnswer(Wrong.NOT_OFFERED)
    if question.open:
        return _plain(value, 60)
    if value not in {code for code, _label in question.choices}:
        raise BadAnswer(Wrong.NOT_OFFERED)
    return value


def _several(question: Question, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise BadAnswer(Wrong.NOT_OFFERED)
    return tuple(dict.fromkeys(_choice(question, one) for one in value))


def _number(question: Question, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise BadAnswer(Wrong.NOT_A_NUMBER)
    try:
        number = Decimal(str(value).strip().replace(",", "."))
        number = (
            number.quantize(Decimal(question.step or "1")) if _small(number) else number
        )
    except InvalidOperation:
        raise BadAnswer(Wrong.NOT_A_NUMBER) from None
    if not number.is_finite() or (not question.step and number != Decimal(str(value))):
        raise BadAnswer(Wrong.NOT_A_NUMBER)
    if question.least is not None and number < question.least:
        raise BadAnswer(Wrong.OUT_OF_BOUNDS)
    if question.most is not None and number > question.most:
        raise BadAnswer(Wrong.OUT_OF_BOUNDS)
    return number if question.step else int(number)


def _small(number: Decimal) -> bool:
    return number.is_finite() and abs(number) < 10**15


def _text(question: Question, value: Any) -> str:
    if question.format is not None:
        return _card(question.format, value)
    return _plain(value, question.most or MOST_TEXT)


def _plain(value: Any, most: int) -> str:
    if not isinstance(value, str):
        raise BadAnswer(Wrong.NOT_TEXT)
    text = value.replace("\r\n", "\n").strip()
    if any(sign in text for sign in "\0") or not _encodable(text):
        raise BadAnswer(Wrong.NOT_TEXT)
    if len(text) > most:
        raise BadAnswer(Wrong.TOO_LONG)
    return text


def _encodable(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _card(kind: Format, value: Any) -> str:
    text = _plain(value, 60)
    try:
        return read_nik(text) if kind is Format.NIK else read_phone(text)
    except Misshapen as problem:
        raise BadAnswer(problem) from None


def _bool(question: Question, value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadAnswer(Wrong.NOT_YES_OR_NO)
    return value


def _date(question: Question, value: Any) -> date:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadAnswer(Wrong.NOT_A_DAY) from None
    if question.least is not None and day < question.least:
        raise BadAnswer(Wrong.OUT_OF_BOUNDS)
    if question.most is not None and day > question.most:
        raise BadAnswer(Wrong.OUT_OF_BOUNDS)
    return day


def _named(question: Question, value: Any) -> str:
    """Return the name of a photo; whether it came is asked elsewhere."""
    return _plain(value, 60)


_READERS = {
    Type.CHOICE: _choice,
    Type.SEVERAL: _several,
    Type.NUMBER: _number,
    Type.TEXT: _text,
    Type.BOOL: _bool,
    Type.DATE: _date,
    Type.PHOTO: _named,
    Type.SIGNATURE: _named,
}
