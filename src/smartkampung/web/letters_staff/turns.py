"""Whose turn it is with a request, and what they are told before they go on."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.accounts.queries.offices import Holder, holders_of
from smartkampung.accounts.roles import Permission, Role
from smartkampung.kernel.clock import day, now
from smartkampung.letters.requests.actions.history import MAY
from smartkampung.letters.requests.queries.offices import office_of
from smartkampung.letters.requests.queries.requests import (
    LetterRequest,
    bars_for,
    officers_on_card,
    standing_of,
)
from smartkampung.letters.requests.queries.silence import (
    barred_from_look,
    bars_to_look,
    is_silent,
)
from smartkampung.letters.requests.queries.villages import deputies_by_mandate
from smartkampung.letters.requests.rules.steps import (
    WAITING,
    Bar,
    State,
    Step,
    bars_to,
)
from smartkampung.letters.requests.words import BARS

P = Permission
UNREAD = _("not read yet")
NO_MANDATE = _("It waits for the signature of the head; you hold no mandate for it.")

KIN = _(
    "Who asks stands on another family card than who died. See for yourself the paper that"
    " shows the kinship; without one, give the letter back or refuse it."
)
NO_SECOND = _(
    "This letter needs a second look, and nobody else of your village can give it. Ask"
    " the account manager for a second officer before you check it."
)


def turn_of(actor: Actor, row: Any, step: Step) -> bool:
    """Say whether a step is an officer's, bars aside."""
    if step == Step.SIGN:
        return office_of(actor, row, at=now()) is not None
    return actor.may_in(MAY[step], row.region_code)


def bars_told(actor: Actor, row: Any) -> list[Promise]:
    """Return in words why somebody whose turn it would be may not go on."""
    if row.state not in WAITING:
        return []
    step = Step(row.state)
    if not turn_of(actor, row, step):
        return _not_to_look(actor, row) + _no_mandate(actor, row)
    # Reading is asked for on the page itself.
    return [BARS[b] for b in bars_for(actor, row, step) if b != Bar.NOT_READ]


def who_goes_on(row: Any) -> list[str]:
    """Return who may take the step that a letter waits for: name and office."""
    if row.state not in WAITING:
        return []
    step, standing = Step(row.state), standing_of(row)
    kin = set(officers_on_card(row).values_list("pk", flat=True))
    found = {
        one.staff_id: f"{one.full_name} ({ROLE_LABELS[Role(one.role)]}, {one.place_name})"
        for one in _whose(row, step)
        if not bars_to(step, standing, who=one.username, own=one.staff_id in kin)
    }
    return list(found.values())


def _whose(row: Any, step: Step) -> list[Holder]:
    """Return whose step it is: the office, deputies, and the village of a silent RT."""
    at = now()
    on = day(at)
    found = holders_of(MAY[step], row.region_code, on=on)
    if step == Step.SIGN:
        may = deputies_by_mandate(row.village_code, kind=row.kind, on=on)
        officers = holders_of(P.LETTER_DEPUTISE, row.region_code, on=on)
        found += [one for one in officers if one.staff_id in may]
    if is_silent(row, at=at):
        barred = barred_from_look(row)
        office = holders_of(P.LETTER_CHECK, row.region_code, on=on)
        found += [one for one in office if one.username not in barred]
    return found


def why_not(row: LetterRequest, actor: Actor) -> Promise | str:
    """Return why a letter cannot be signed by this officer now; empty if it can.

    ``row`` is one of ``waiting_signature``.
    """
    read = bool(getattr(row, "was_read", False))
    own = bool(getattr(row, "is_own", False))
    bars = bars_to(Step.SIGN, standing_of(row), who=actor.username, read=read, own=own)
    if bars == [Bar.NOT_READ]:
        return UNREAD
    return BARS[bars[0]] if bars else ""


def warned(actor: Actor, row: Any) -> list[Promise]:
    """Tell who checks a letter what to look at, and when nobody else can."""
    if row.state != State.CHECK or not turn_of(actor, row, Step.CHECK):
        return []
    return ([KIN] if row.kinship else []) + _alone(actor, row)


def _alone(actor: Actor, row: Any) -> list[Promise]:
    if Step.REVIEW not in row.steps:
        return []
    others = holders_of(MAY[Step.REVIEW], row.region_code, on=day(now()))
    alone = all(one.username in {actor.username, *row.hands} for one in others)
    return [NO_SECOND] if alone else []


def _not_to_look(actor: Actor, row: Any) -> list[Promise]:
    """Tell an officer why a colleague has to look in place of a silent RT."""
    at = now()
    if not is_silent(row, at=at) or not actor.may_in(P.LETTER_CHECK, row.region_code):
        return []
    return [BARS[bar] for bar in bars_to_look(actor, row, at=at)]


def _no_mandate(actor: Actor, row: Any) -> list[Promise]:
    """Tell a deputy who may sign some letters that this is not one of them."""
    deputy = actor.may_in(P.LETTER_DEPUTISE, row.region_code)
    return [NO_MANDATE] if deputy and row.state == State.SIGN else []
