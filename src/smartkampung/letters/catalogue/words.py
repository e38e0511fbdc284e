"""What people are told about wordings, kinds and answers that cannot be."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from smartkampung.letters.catalogue.rules.answers import AnswerFault
from smartkampung.letters.catalogue.rules.floor import Less
from smartkampung.letters.catalogue.rules.kinds import (
    AskedType,
    Feed,
    Group,
    Step,
    Subject,
    Unfit,
    When,
)
from smartkampung.letters.catalogue.rules.markup import Fault, MarkupFault
from smartkampung.letters.catalogue.rules.reading import KindFault

GROUPS: dict[Group, Any] = {
    Group.WELFARE: _("Welfare and fees"),
    Group.RESIDENCE: _("Where one lives"),
    Group.FAMILY: _("Family and marriage"),
    Group.WORK: _("Work and business"),
    Group.POLICE: _("Police and permits"),
    Group.LAND: _("Land and heirs"),
    Group.OTHER: _("Other letters"),
}
STEPS: dict[Step, Any] = {
    Step.CONFIRM: _("The head of the RT confirms"),
    Step.CHECK: _("A village officer compares it with the registry"),
    Step.REVIEW: _("A second officer reads it"),
    Step.SIGN: _("The village head signs"),
    Step.COSIGN: _("The kecamatan signs, too"),
}
SUBJECTS: dict[Subject, Any] = {
    Subject.SELF: _("yourself"),
    Subject.CHILD: _("a child under 17 on your family card"),
    Subject.FAMILY: _("somebody on your family card"),
    Subject.DECEASED: _("somebody of your family who died"),
}
FEEDS: dict[Feed, Any] = {
    Feed.NOTHING: _("no life event"),
    Feed.BIRTH: _("a birth in the registry"),
    Feed.DEATH: _("a death in the registry"),
    Feed.MOVING: _("a move in the registry"),
}
TYPES: dict[AskedType, Any] = {
    AskedType.TEXT: _("one line"),
    AskedType.LONG: _("several lines"),
    AskedType.DATE: _("date"),
    AskedType.NUMBER: _("number"),
    AskedType.MONEY: _("amount in rupiah"),
    AskedType.CHOICE: _("one of some answers"),
    AskedType.RESIDENT: _("one of the family"),
    AskedType.RESIDENTS: _("several of the family"),
}
WHENS: dict[When, Any] = {
    When.ANY: _("any day"),
    When.PAST: _("today or before: it has happened"),
    When.AHEAD: _("today or later: it is planned"),
}
UNFIT: dict[Unfit, Any] = {
    Unfit.TOO_YOUNG: _("This letter is for people of %(least)s years or more."),
    Unfit.TOO_OLD: _("This letter is for people of at most %(most)s years."),
    Unfit.MARITAL: _(
        "The marital status on record does not fit this letter. Ask the village office"
        " to correct it first, if it is out of date."
    ),
    Unfit.SEX: _("The sex on record does not fit this letter."),
    Unfit.DEAD: _("This letter cannot be about somebody who died."),
    Unfit.LIVING: _(
        "In the registry this person is alive. Let the village office record the death"
        " first; then ask for this letter."
    ),
}
LESS: dict[Less, Any] = {
    Less.STEPS: _("fewer steps"),
    Less.WHO: _("more people may have it"),
    Less.PAPERS: _("fewer papers to show, or no photo of one"),
    Less.VALID_DAYS: _("it holds for longer"),
    Less.QUESTIONS: _("a question is not asked, or may be answered otherwise"),
}
ANSWERS: dict[AnswerFault, Any] = {
    AnswerFault.MISSING: _("This stands on the letter: please answer it."),
    AnswerFault.TOO_LONG: _("At most %(limit)s signs. Make it shorter."),
    AnswerFault.NOT_A_NUMBER: _(
        "Write a whole number in digits, at most 11 of them, such as 1500000."
    ),
    AnswerFault.TOO_MUCH: _("At most %(limit)s. Check the number."),
    AnswerFault.NOT_A_DATE: _("Choose a date between 1900 and 2100."),
    AnswerFault.NOT_YET: _(
        "This day has not come yet. Choose today or a day before it."
    ),
    AnswerFault.OVER: _("This day is over. Choose today or a later day."),
    AnswerFault.TOO_EARLY: _(
        "This day is before the first one. Choose the same day or a later one."
    ),
    AnswerFault.BEFORE_BIRTH: _(
        "On this day the person whom the letter is about was not born yet. Check the date."
    ),
    AnswerFault.TOO_FAR: _(
        "This is more than two years ahead. Check the year, or ask again nearer the day."
    ),
    AnswerFault.NOT_A_CHOICE: _("Choose one of the answers."),
    AnswerFault.CARD_NUMBER: _(
        "Do not write a NIK or family card number here: the registry knows it."
    ),
}
_AT = _("Line %(line)s, column %(column)s: %(what)s")
_MEANT = _("Did you mean {%(meant)s}?")
FAULTS: dict[Fault, Any] = {
    Fault.EMPTY: _("The letter says nothing yet. Write what it certifies."),
    Fault.TOO_LONG: _("The letter is too long: 12,000 signs at most."),
    Fault.LINE_TOO_LONG: _("This line is too long: 1,000 signs at most."),
    Fault.CODE: _(
        '"%(what)s" looks like code, and letters hold none. Write plain words; a heading'
        ' is "# " and words.'
    ),
    Fault.HIDDEN: _(
        "Here stands a sign that cannot be seen (%(what)s). Delete it, or type the line"
        " again."
    ),
    Fault.UNKNOWN_FIELD: _(
        "There is no field {%(what)s}. Choose one from the list of fields."
    ),
    Fault.OPEN_BRACE: _(
        'The brace at "%(what)s" has no partner. A field is written {subject.name}.'
    ),
    Fault.TABLE_NOT_ALONE: _(
        "{%(what)s} is a table: it stands alone on its line, without other words."
    ),
    Fault.FIELD_IN_LABEL: _(
        'Before " : " stand words only, and the field behind it: "Name : {subject.name}".'
    ),
    Fault.NO_LABEL: _('Before " : " stands what the row is about, such as "Name".'),
    Fault.NO_WORDS: _('After "%(what)s" stand a space and words.'),
    Fault.MAY_BE_EMPTY: _(
        "{%(what)s} may be left empty, which would leave a hole in the sentence. Put it"
        ' in a row ("Words : {field}"), or ask for it always.'
    ),
}
KIND_FAULTS: dict[KindFault, Any] = {
    KindFault.CODE: _("The short name holds small letters, digits and _ only."),
    KindFault.SERIES: _("The letter code is a classification such as 401 or 474.2."),
    KindFault.TITLE: _("Write the title in both languages, 120 signs at most."),
    KindFault.ABOUT: _("Say in both languages what the letter is for."),
    KindFault.VALID_DAYS: _("Days of validity: 0 (no end) to 3660."),
    KindFault.NOT_SIGNED: _("Somebody signs every letter: keep the signature."),
    KindFault.NOT_CHECKED: _("A village officer checks every letter: keep the check."),
    KindFault.NO_SUBJECT: _("Say whom the letter may be about."),
    KindFault.AGES: _("The lowest age is not above the highest."),
    KindFault.NO_BODY: _("Write the letter in Indonesian."),
    KindFault.NO_ENGLISH: _(
        "A letter that is used abroad needs its English text, too."
    ),
    KindFault.REQUIREMENT: _(
        'Paper to show "%(what)s": write it in both languages, with a short name.'
    ),
    KindFault.QUESTION: _(
        'Question "%(what)s": write a short name (small letters) and both languages.'
    ),
    KindFault.QUESTION_TWICE: _(
        'Two questions are called "%(what)s": give one another name.'
    ),
    KindFault.CHOICES: _(
        'Question "%(what)s": give at least two answers to choose from.'
    ),
    KindFault.DATES: _(
        'Question "%(what)s": only a date lies before or after a day, and only the date'
        " of another question can be its first day."
    ),
    KindFault.NOT_PRINTED: _(
        'Question "%(what)s" is asked but stands nowhere in the Indonesian text. Put'
        " {asked.%(what)s} into it, or do not ask."
    ),
}


def fault_words(fault: MarkupFault) -> str:
    """Return one fault of a body in words, with its line and column."""
    said = str(FAULTS[fault.fault]) % {"what": fault.what}
    if fault.meant:
        said = f"{said} {_MEANT % {'meant': fault.meant}}"
    return str(_AT) % {"line": fault.line, "column": fault.column, "what": said}


def kind_fault_words(found: tuple[KindFault, str]) -> str:
    """Return what is wrong with a kind, in words."""
    fault, what = found
    return str(KIND_FAULTS[fault]) % {"what": what}


def answer_words(found: tuple[AnswerFault, int]) -> str:
    """Return what is wrong with an answer, in words."""
    fault, limit = found
    return str(ANSWERS[fault]) % {"limit": limit}
