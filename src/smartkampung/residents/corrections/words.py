"""What people are told about corrections of a record."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.residents.rules.corrections import Bar, Field
from smartkampung.residents.rules.numbers import Misshapen, Problem
from smartkampung.residents.words import (
    birth_problem,
    kk_problem,
    nik_problem,
    phone_problem,
)

LABELS: dict[Field, Promise] = {
    Field.NAME: _("Name"),
    Field.NIK: _("NIK"),
    Field.SEX: _("Sex"),
    Field.BORN_ON: _("Date of birth"),
    Field.BIRTH_PLACE: _("Place of birth"),
    Field.RELIGION: _("Religion"),
    Field.EDUCATION: _("Education"),
    Field.OCCUPATION: _("Occupation"),
    Field.MARITAL_STATUS: _("Marital status"),
    Field.BLOOD_TYPE: _("Blood type"),
    Field.RELATION: _("Relation to the head of the family"),
    Field.FATHER_NAME: _("Father's name"),
    Field.MOTHER_NAME: _("Mother's name"),
    Field.KK: _("Family card number"),
    Field.PHONE: _("Telephone"),
    Field.ADDRESS: _("Address"),
}
BARS: dict[Bar, Promise] = {
    Bar.SAME_VALUE: _("The record already says this. Type what it should say instead."),
    Bar.EVIDENCE_MISSING: _(
        "Add a photo of a document that shows it, such as the birth certificate, the KTP"
        " or the family card."
    ),
    Bar.EXPLANATION_TOO_SHORT: _(
        "Write in at least 10 letters what is wrong and how you know."
    ),
    Bar.NUMBER_IN_TEXT: _(
        "Do not write a NIK or family card number in the text. It is kept readable."
    ),
    Bar.ALREADY_ASKED: _(
        "A correction of this field already waits for a decision. Wait for it first."
    ),
    Bar.FORM_REUSED: _("This form was already sent. Open a new one."),
    Bar.IS_HEAD: _(
        "This person is the head of the family. Record a change of head instead."
    ),
    Bar.AFTER_FIRST_EVENT: _(
        "The new date of birth lies after an event on record, such as a move. Check"
        " the date."
    ),
    Bar.DECIDED: _("This was already decided. Open the page again to see how."),
    Bar.OWN_WISH: _("You asked for this correction, so somebody else must decide."),
    Bar.REASON_TOO_SHORT: _(
        "Write in at least 10 letters why it is refused. The family reads it."
    ),
    Bar.RECORD_CHANGED: _(
        "The record has changed since this was asked. Refuse it and ask anew, if it is"
        " still wrong."
    ),
    Bar.CARD_TAKEN: _(
        "Another family has this family card number. Compare both cards first."
    ),
    Bar.NIK_TAKEN: _(
        "Another person has this NIK. Refuse this, and record the NIK as contested."
    ),
}
_EMPTY = _("Type what the record should say.")
_OTHER: dict[Problem, Promise] = {
    Problem.EMPTY: _EMPTY,
    Problem.NOT_A_DATE: _("Type the full date of birth, such as 12-04-1985."),
    Problem.NOT_ON_LIST: _("Choose one of the list."),
    Problem.NO_LETTERS: _("This holds no letters. Type it as on the document."),
}
_NUMBERS = {Field.NIK: nik_problem, Field.KK: kk_problem, Field.PHONE: phone_problem}


def value_problem(field: Field, error: Misshapen) -> str:
    """Return what is wrong with the value that somebody asks for, and what to do."""
    if field in _NUMBERS:
        return _NUMBERS[field](error)
    if error.problem in _OTHER:
        return str(_OTHER[error.problem])
    return birth_problem(error)


def sentences(bars: Iterable[Bar]) -> str:
    """Return the words of several bars, one after the other."""
    return " ".join(str(BARS[bar]) for bar in bars)
