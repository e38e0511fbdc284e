"""The six errors that the state auditor found in 2020, and how each shows itself."""

from enum import StrEnum


class Error(StrEnum):
    """What is wrong with aid that somebody is due or got."""

    DECEASED = "deceased"
    NOT_LISTED = "not_listed"
    KNOWN_BAD = "known_bad"
    INVALID_NIK = "invalid_nik"
    DEACTIVATED = "deactivated"
    PAID_TWICE = "paid_twice"


class Basis(StrEnum):
    """By what a finding was recognised."""

    GIVEN_AFTER_DEATH = "given_after_death"
    DUE_TO_THE_DEAD = "due_to_the_dead"
    NOT_DECIDED = "not_decided"
    NEVER_CHOSEN = "never_chosen"
    LIST_NOT_APPROVED = "list_not_approved"
    NOT_ON_LIST = "not_on_list"
    REFUSED_BEFORE = "refused_before"
    LEFT_OUT_BEFORE = "left_out_before"
    NO_NIK = "no_nik"
    NIK_CONTESTED = "nik_contested"
    GIVEN_BACK = "given_back"
    STOPPED = "stopped"
    TAKEN_OFF = "taken_off"
    LEFT_REGENCY = "left_regency"
    PROGRAMME_ENDED = "programme_ended"
    GIVEN_TWO_WAYS = "given_two_ways"
    SAME_PERIOD = "same_period"
    NOT_TOGETHER = "not_together"


BASES: dict[Error, tuple[Basis, ...]] = {
    Error.DECEASED: (Basis.GIVEN_AFTER_DEATH, Basis.DUE_TO_THE_DEAD),
    Error.NOT_LISTED: (
        Basis.NOT_DECIDED,
        Basis.NEVER_CHOSEN,
        Basis.LIST_NOT_APPROVED,
        Basis.NOT_ON_LIST,
    ),
    Error.KNOWN_BAD: (Basis.REFUSED_BEFORE, Basis.LEFT_OUT_BEFORE),
    Error.INVALID_NIK: (Basis.NO_NIK, Basis.NIK_CONTESTED),
    Error.DEACTIVATED: (
        Basis.GIVEN_BACK,
        Basis.STOPPED,
        Basis.TAKEN_OFF,
        Basis.LEFT_REGENCY,
        Basis.PROGRAMME_ENDED,
    ),
    Error.PAID_TWICE: (
        Basis.GIVEN_TWO_WAYS,
        Basis.SAME_PERIOD,
        Basis.NOT_TOGETHER,
    ),
}

# How long "wrong from before" is remembered, as an approval does.
REMEMBERED_DAYS = 180
# Reasons that speak about the person; an empty budget or a closed programme does not.
ABOUT_THE_PERSON = (
    "nik_unknown",
    "no_valid_nik",
    "nik_contested",
    "dead",
    "moved",
    "missing",
    "lives_elsewhere",
    "criteria_not_met",
    "checker_advises_against",
    "not_found_at_address",
    "not_poor",
    "wrong_data",
    "improved",
    "other",
)
MASK = "•••"


def masked_name(name: str) -> str:
    """Return the first letter of each word: enough to compare with a paper list."""
    return " ".join(f"{word[0]}{MASK}" for word in name.split())
