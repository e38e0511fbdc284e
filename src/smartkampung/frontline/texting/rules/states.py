"""How asking for help by text ends. Pure."""

from enum import StrEnum


class Outcome(StrEnum):
    """What came of it."""

    HELPED = "helped"
    NOT_REACHED = "not_reached"  # called, and nobody answered: they are told so
    MISTAKE = "mistake"  # sent by mistake, or nothing to help with
