"""Where a grievance goes, by when it is answered, and who may handle it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

APPEAL_WITHIN = timedelta(days=30)
# Working days at each further desk, and for the person to answer a question.
DAYS_FURTHER_UP = 3
DAYS_TO_REPLY = 10
# How often one desk may have the clock wait for the person.
MOST_QUESTIONS = 2
MOST_DIGITS = 10


class Kind(StrEnum):
    """What a grievance is about."""

    DATA_WRONG = "data_wrong"
    NOT_PAID = "not_paid"
    PAID_LESS = "paid_less"
    CONDUCT = "conduct"
    QUESTION = "question"
    LISTED = "listed"


WORKING_DAYS: dict[Kind, int] = {
    Kind.DATA_WRONG: 5,
    Kind.NOT_PAID: 5,
    Kind.PAID_LESS: 5,
    Kind.CONDUCT: 10,
    Kind.QUESTION: 3,
    Kind.LISTED: 10,
}
ABOUT_A_PERSON = frozenset({Kind.DATA_WRONG, Kind.NOT_PAID, Kind.PAID_LESS})
# Of these the office that handed out, made the list or is complained about reads
# nothing, and not even that they exist: only the desk where they lie, and above.
KEPT_FROM_BELOW = frozenset({Kind.CONDUCT, Kind.PAID_LESS, Kind.LISTED})
ABOUT_MONEY = frozenset({Kind.NOT_PAID, Kind.PAID_LESS})


# What a stranger may ask to have corrected. The last three are numbers that prove who
# somebody is, or the phone to which the family's codes go: they are kept sealed, and
# change only with the card in sight and by the word of a second person.
MAY_ASK = (
    "name",
    "born_on",
    "birth_place",
    "sex",
    "religion",
    "education",
    "occupation",
    "marital_status",
    "father_name",
    "mother_name",
    "address",
    "nik",
    "kk",
    "phone",
)


class Office(StrEnum):
    """Whose conduct a grievance is about."""

    RT_RW = "rt_rw"
    VILLAGE_OFFICER = "village_officer"
    VILLAGE_HEAD = "village_head"
    KECAMATAN = "kecamatan"
    DINSOS = "dinsos"


class Desk(StrEnum):
    """Who handles a grievance now, from the nearest to the last."""

    VILLAGE = "village"
    KECAMATAN = "kecamatan"
    REGENCY = "regency"


_UP = {Desk.VILLAGE: Desk.KECAMATAN, Desk.KECAMATAN: Desk.REGENCY}
_FIRST = {Kind.PAID_LESS: Desk.KECAMATAN, Kind.LISTED: Desk.KECAMATAN}


def first_desk(kind: Kind, office: Office | None = None) -> Desk:
    """Return where a grievance goes first.

    Conduct goes to an office above the one complained about, so that nobody who works
    there reads it. Where aid was cut or a list is wrong, the village made it.
    """
    if kind is Kind.CONDUCT:
        above = {Office.KECAMATAN: Desk.REGENCY, Office.DINSOS: Desk.REGENCY}
        return above.get(office or Office.VILLAGE_OFFICER, Desk.KECAMATAN)
    return _FIRST.get(kind, Desk.VILLAGE)


def desk_above(desk: Desk) -> Desk | None:
    """Return the next desk, or None at the last."""
    return _UP.get(desk)


def cycle_of(listing: str) -> int | None:
    """Return the cycle in the number of a posted list: 7 in ``7/35.10.09.2003``."""
    first, slash, _village = listing.replace(" ", "").partition("/")
    fits = first.isascii() and first.isdigit() and len(first) < MOST_DIGITS
    return int(first) if slash and fits else None


class State(StrEnum):
    """Where a grievance stands; the last three are the end."""

    OPEN = "open"
    TAKEN = "taken"
    ASKED = "asked"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    ANSWERED = "answered"


CLOSED = frozenset({State.UPHELD, State.DISMISSED, State.ANSWERED})


class EventKind(StrEnum):
    """What happened to a grievance."""

    TOLD = "told"
    TAKEN = "taken"
    ASKED = "asked"
    REPLIED = "replied"
    SILENT = "silent"
    PASSED_UP = "passed_up"
    ESCALATED = "escalated"
    NAMED = "named"
    DECIDED = "decided"
    APPEALED = "appealed"


class Remedy(StrEnum):
    """What an upheld grievance set off by itself."""

    NONE = ""
    CORRECTION = "correction"
    GIVEN_AGAIN = "given_again"
    SUSPENDED = "suspended"


@dataclass(frozen=True)
class Told:
    """What was told; what a kind does not ask for stays empty."""

    form_id: uuid.UUID
    kind: Kind
    region_code: str
    text: str
    programme: str = ""
    nik: str = ""
    field: str = ""
    wanted: str = ""
    office: Office | None = None
    officer_name: str = ""
    listing: str = ""
    entry: int | None = None


@dataclass(frozen=True)
class Verdict:
    """What an officer decides: the end, the words, and what an upheld one sets off.

    ``due_id`` is the entitlement to give again, ``proposal_id`` the recipient to
    suspend; ``wanted`` what the record should say, in the words of the registry, and
    ``evidence_id`` the photo of a document behind that.
    """

    outcome: State
    answer: str
    due_id: int | None = None
    proposal_id: int | None = None
    wanted: str = ""
    evidence_id: uuid.UUID | None = None


class Bar(StrEnum):
    """Why this officer may not do this with this grievance now."""

    CLOSED = "closed"
    NOT_YOUR_DESK = "not_your_desk"
    NOT_TAKEN = "not_taken"
    DECIDED_BEFORE = "decided_before"
    HANDED_OUT = "handed_out"
    LAST_DESK = "last_desk"
    NOT_A_QUESTION = "not_a_question"
    WAITS_FOR_REPLY = "waits_for_reply"
    ASKED_ENOUGH = "asked_enough"
    ANSWER_A_QUESTION = "answer_a_question"


def bars_to_take(*, state: str, at_desk: bool) -> list[Bar]:
    """Return why a grievance cannot be taken in hand."""
    tests = {Bar.CLOSED: state in CLOSED, Bar.NOT_YOUR_DESK: not at_desk}
    return [bar for bar, holds in tests.items() if holds]


def bars_to_act(
    *, state: str, at_desk: bool, handler: int | None, who: int
) -> list[Bar]:
    """Return why this officer cannot ask, pass up or name: first they take it."""
    bars = bars_to_take(state=state, at_desk=at_desk)
    return bars if bars or handler == who else [Bar.NOT_TAKEN]


def bars_to_ask(*, state: str, asked: int) -> list[Bar]:
    """Return why the person cannot be asked (again), beyond ``bars_to_act``.

    ``asked`` counts the questions of this desk: each has the clock wait, so nobody
    holds a grievance for ever by asking.
    """
    tests = {
        Bar.WAITS_FOR_REPLY: state == State.ASKED,
        Bar.ASKED_ENOUGH: asked >= MOST_QUESTIONS,
    }
    return [bar for bar, holds in tests.items() if holds]


def bars_to_decide(
    *, kind: str, outcome: str, who: int, decided_before: Collection[int | None]
) -> list[Bar]:
    """Return why this officer cannot decide so, beyond ``bars_to_act``."""
    tests = {
        Bar.DECIDED_BEFORE: who in decided_before,
        Bar.NOT_A_QUESTION: outcome == State.ANSWERED and kind != Kind.QUESTION,
        Bar.ANSWER_A_QUESTION: outcome != State.ANSWERED and kind == Kind.QUESTION,
    }
    return [bar for bar, holds in tests.items() if holds]
