"""The buttons of a list: which step comes next, who may take it, and why not."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.actions.bringing import KIND as BRING
from smartkampung.aid.cycles.actions.approve import approve_list
from smartkampung.aid.cycles.actions.judge import decide_list
from smartkampung.aid.cycles.actions.propose import send_list
from smartkampung.aid.cycles.queries import lists
from smartkampung.aid.cycles.rules.steps import (
    Bar,
    Facts,
    bars_to_approve,
    bars_to_decide,
    bars_to_send,
)
from smartkampung.aid.cycles.words import BARS
from smartkampung.regions.codes import ancestor
from smartkampung.worklist.queries import waits


class Step(NamedTuple):
    """One button: who may press it, what it says before and after, what it does."""

    permission: P
    state: str
    label: Promise
    done: Promise
    act: Callable[..., Any]
    bars: Callable[[Facts, Actor], list[Bar]]
    back: str = ""


STEPS: dict[str, Step] = {
    "send": Step(
        P.LIST_PROPOSE,
        "proposing",
        _("Send the list to be visited"),
        _("The list is on its way. The families are visited next."),
        send_list,
        lambda facts, actor: bars_to_send(facts),
    ),
    "decide": Step(
        P.LIST_DECIDE,
        "deciding",
        _("Sign the list"),
        _("Signed. The kecamatan has five working days to approve."),
        decide_list,
        lambda facts, actor: bars_to_decide(facts, by=actor.staff_id),
        "aid_cycles:return_undecided",
    ),
    "approve": Step(
        P.LIST_APPROVE,
        "approving",
        _("Approve the list"),
        _("Approved. The recipients are on the programme's list."),
        approve_list,
        lambda facts, actor: bars_to_approve(facts, by=actor.staff_id),
        "aid_cycles:return_unapproved",
    ),
}


def choices_for(actor: Actor, row: Any) -> dict[str, Any]:
    """Return the step that the actor may take now, or what bars it."""
    found: dict[str, Any] = {"url": "", "back": "", "bars": []}
    for name, step in STEPS.items():
        if step.state == row.state and actor.may_in(step.permission, row.village_code):
            bars = step.bars(lists.facts_of(row), actor)
            found |= {"url": f"aid_cycles:{name}", "label": step.label}
            found |= {"back": step.back, "bars": [BARS[bar] for bar in bars]}
    open_ = row.cycle.state == "open"
    proposing = open_ and row.state == "proposing"
    return {
        **found,
        "may_propose": proposing and actor.may_in(P.LIST_PROPOSE, row.village_code),
        "may_verify": open_ and row.state == "verifying" and actor.may(P.FIELD_CHECK),
        "may_bring": actor.may_in(P.BATCH_PREPARE, row.village_code)
        and waits(row, kind=BRING),
        "kecamatan": ancestor(row.village_code, "kecamatan"),
        "may_replace": open_
        and row.state == "approved"
        and row.taken < row.quota
        and actor.may_in(P.RECIPIENT_CHANGE, row.village_code),
    }
