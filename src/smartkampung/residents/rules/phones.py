"""Indonesian telephone numbers, in one spelling."""

import re

from smartkampung.residents.rules.numbers import Misshapen, Problem, bare

# After the country code: mobile 8xx (9 to 12 digits), landline area code and number.
_MOBILE = re.compile(r"8[1-9]\d{7,10}")
_LANDLINE = re.compile(r"[2-79]\d{7,10}")


def read_phone(text: str) -> str:
    """Return a typed number as ``+62...``; raise Misshapen when it cannot be one.

    Accepts 0812..., 62812..., +62 812..., 0062812..., and (0) in brackets.
    """
    digits = bare(text).replace("(0)", "").translate({40: None, 41: None, 47: None})
    if not digits:
        raise Misshapen(Problem.EMPTY)
    digits = digits.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        raise Misshapen(Problem.NOT_DIGITS)
    national = digits.removeprefix("00")
    national = national.removeprefix("62") if national.startswith("62") else national
    national = national.removeprefix("0")
    if not (_MOBILE.fullmatch(national) or _LANDLINE.fullmatch(national)):
        raise Misshapen(Problem.NOT_A_PHONE, typed=len(digits))
    return f"+62{national}"
