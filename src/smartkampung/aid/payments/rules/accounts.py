"""What an account looks like."""

from enum import StrEnum

# Codes of banks in Indonesian clearing: those most people here have.
BANKS = {
    "002": "BRI",
    "008": "Mandiri",
    "009": "BNI",
    "014": "BCA",
    "114": "Bank Jatim",
    "200": "BTN",
    "451": "BSI",
}
SHORTEST, LONGEST = 6, 20
_CODES = {name.casefold(): code for code, name in BANKS.items()}


class AccountFault(StrEnum):
    """What is wrong with an account."""

    BANK = "bank"
    NUMBER = "number"
    HOLDER = "holder"


def digits(text: str) -> str:
    """Return a number without the blanks, dots and dashes people write it with."""
    return "".join(sign for sign in text if sign not in " .-")


def bank_code(text: str) -> str:
    """Return the code of a bank that is called by its code or its name."""
    return _CODES.get(text.casefold(), text.zfill(3) if text else "")


def account_faults(*, bank: str, number: str, holder: str) -> list[AccountFault]:
    """Return everything that is wrong with what was written."""
    right = number.isascii() and number.isdecimal()
    tests = {
        AccountFault.BANK: bank not in BANKS,
        AccountFault.NUMBER: not (right and SHORTEST <= len(number) <= LONGEST),
        AccountFault.HOLDER: not 0 < len(holder.strip()) <= 70,
    }
    return [fault for fault, wrong in tests.items() if wrong]
