"""What people are told about a number that cannot be one, and about NIK flags."""

from django.utils.translation import gettext_lazy

from smartkampung.residents.rules import Misshapen, NikFlag, Problem
from smartkampung.residents.rules.quarantine import Bar

NIK_MISSING = gettext_lazy("Type the NIK: the 16 digits on the KTP.")
_NIK = {
    Problem.EMPTY: NIK_MISSING,
    Problem.NOT_DIGITS: gettext_lazy(
        "A NIK holds digits only. Check for letters, such as O in place of 0."
    ),
    Problem.LENGTH: gettext_lazy("A NIK has 16 digits. You typed %(typed)d."),
    Problem.STARTS_WITH_ZERO: gettext_lazy(
        "A NIK does not start with 0. Copy the number from the KTP or family card."
    ),
    Problem.IMPOSSIBLE_DAY: gettext_lazy(
        "Digits 7 and 8 of a NIK are a day of birth (01-31, or 41-71 for women)."
        " Check them."
    ),
    Problem.IMPOSSIBLE_MONTH: gettext_lazy(
        "Digits 9 and 10 of a NIK are a month of birth (01-12). Check them."
    ),
}
_KK = {
    Problem.EMPTY: gettext_lazy(
        "Type the family card number (No. KK): 16 digits at the top of the card."
    ),
    Problem.NOT_DIGITS: gettext_lazy(
        "A family card number holds digits only. Check for letters, such as O in"
        " place of 0."
    ),
    Problem.LENGTH: gettext_lazy(
        "A family card number has 16 digits. You typed %(typed)d."
    ),
    Problem.STARTS_WITH_ZERO: gettext_lazy(
        "A family card number does not start with 0. Copy it from the card."
    ),
    Problem.IMPOSSIBLE_DAY: gettext_lazy(
        "Digits 7 and 8 of a family card number are a day (01-31). Check them."
    ),
    Problem.IMPOSSIBLE_MONTH: gettext_lazy(
        "Digits 9 and 10 of a family card number are a month (01-12). Check them."
    ),
}
_PHONE = {
    Problem.EMPTY: gettext_lazy("Type a telephone number, such as 0812 3456 7890."),
    Problem.NOT_DIGITS: gettext_lazy(
        "A telephone number holds digits only, such as 0812 3456 7890."
    ),
    Problem.NOT_A_PHONE: gettext_lazy(
        "This does not look like an Indonesian telephone number. Example: 0812 3456"
        " 7890."
    ),
}
NUMBER_IN_TEXT = gettext_lazy(
    "Do not write a NIK or family card number here. Take those digits out; the rest of"
    " your text can stay."
)
_BIRTH = {
    Problem.NOT_A_DATE: gettext_lazy(
        "Type the date of birth as 12-04-1985, or only the year, 1985."
    ),
    Problem.IMPOSSIBLE_BIRTH: gettext_lazy(
        "This date of birth lies in the future or too far back. Check the year."
    ),
}
_FLAGS = {
    NikFlag.REGION: gettext_lazy(
        "The first six digits of the NIK name another area. Usual for people first"
        " registered elsewhere."
    ),
    NikFlag.BIRTH_DATE: gettext_lazy(
        "The birth date in the NIK differs from the birth date on record."
    ),
    NikFlag.SEX: gettext_lazy("The NIK is of the other sex than the record."),
}

BARS = {
    Bar.DECIDED: gettext_lazy(
        "This was already decided. Open the page again to see how."
    ),
    Bar.HOLDER_ELSEWHERE: gettext_lazy(
        "The present holder lives outside your area. Ask the kecamatan or the social"
        " affairs office to decide."
    ),
    Bar.REASON_TOO_SHORT: gettext_lazy(
        "Write the reason in at least 10 letters: what you saw or whom you asked."
    ),
    Bar.NUMBER_IN_REASON: gettext_lazy(
        "Do not write a NIK or family card number in the reason. It is kept readable."
    ),
}


def nik_problem(error: Misshapen) -> str:
    """Return what is wrong with a typed NIK and what to do."""
    return _say(_NIK[error.problem], error)


def kk_problem(error: Misshapen) -> str:
    """Return what is wrong with a typed family-card number and what to do."""
    return _say(_KK[error.problem], error)


def phone_problem(error: Misshapen) -> str:
    """Return what is wrong with a typed telephone number and what to do."""
    return _say(_PHONE[error.problem], error)


def birth_problem(error: Misshapen) -> str:
    """Return what is wrong with a typed birth date and what to do."""
    return _say(_BIRTH[error.problem], error)


def flag_words(flags: int) -> list[str]:
    """Return one sentence for every disagreement of a NIK with its record."""
    return [str(words) for flag, words in _FLAGS.items() if flags & flag]


def _say(words: object, error: Misshapen) -> str:
    return str(words) % {"typed": error.typed}
