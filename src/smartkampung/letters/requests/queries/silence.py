"""Requests whose RT does not answer in time, and what speaks in its place."""

from datetime import datetime

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries.requests import (
    is_own,
    officers_on_card,
    standing_of,
)
from smartkampung.letters.requests.rules import steps
from smartkampung.worklist.queries import waits

INTRODUCED = "letters.introduced"


def is_silent(row: LetterRequest, *, at: datetime) -> bool:
    """Say whether the RT let its time pass, so that the village looks itself."""
    return steps.is_silent(row.state, due_at=row.due_at, answer_by=row.answer_by, at=at)


def bars_to_look(actor: Actor, row: LetterRequest, *, at: datetime) -> list[steps.Bar]:
    """Return why somebody of the village office may not look in place of the RT."""
    return steps.bars_to_look(
        standing_of(row),
        who=actor.username,
        silent=is_silent(row, at=at),
        own=is_own(actor, row),
    )


def barred_from_look(row: LetterRequest) -> set[str]:
    """Return who leaves it to a colleague to look: by their hand, or of the own card."""
    return {*row.hands, *officers_on_card(row).values_list("username", flat=True)}


def is_to_know(actor: Actor, row: LetterRequest) -> bool:
    """Say whether somebody has yet to know of what was said in their place."""
    mine = actor.may_in(Permission.LETTER_CONFIRM, row.region_code)
    return mine and waits(row, kind=INTRODUCED)
