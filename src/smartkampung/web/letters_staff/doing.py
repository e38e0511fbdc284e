"""What an officer can do with a request, each act with its form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import day, now
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.requests.actions import ending, handling
from smartkampung.letters.requests.actions.history import MAY
from smartkampung.letters.requests.queries.requests import File, bars_for
from smartkampung.letters.requests.rules.steps import (
    BEFORE_SIGNATURE,
    WAITING,
    Bar,
    State,
    Step,
)
from smartkampung.letters.requests.words import BARS
from smartkampung.web.letters_staff.forms import (
    AmendForm,
    NoteForm,
    RefuseForm,
    ReturnForm,
)

P = Permission


@dataclass(frozen=True)
class Act:
    """One thing to do: its words, and what it calls. A quiet one is folded away."""

    title: Promise
    button: Promise
    done: Promise
    form: type[forms.Form]
    do: Callable[[Any, Actor, Any], Any]
    quiet: bool = False
    danger: bool = False


def _step(act: Callable[..., Any]) -> Callable[[Any, Actor, Any], Any]:
    def do(row: Any, by: Actor, form: Any) -> Any:
        return act(request=row, by=by, at=now(), note=form.cleaned_data["note"])

    return do


def _give_back(row: Any, by: Actor, form: Any) -> Any:
    what = form.cleaned_data["reason"]
    return ending.return_for_completion(request=row, what=what, by=by, at=now())


def _refuse(row: Any, by: Actor, form: Any) -> Any:
    reason = form.cleaned_data["reason"]
    return ending.refuse(request=row, reason=reason, by=by, at=now())


def _amend(row: Any, by: Actor, form: Any) -> Any:
    return handling.amend(
        request=row,
        purpose=form.cleaned_data["purpose"],
        answers=form.answers(),
        by=by,
        at=now(),
    )


ACTS: dict[str, Act] = {
    "confirm": Act(
        _("Is it so?"),
        _("I know the family and confirm it"),
        _("Confirmed. The village office goes on."),
        NoteForm,
        _step(handling.confirm),
    ),
    "check": Act(
        _("Compare with the registry and the papers"),
        _("Checked, pass it on"),
        _("Checked. The letter goes on."),
        NoteForm,
        _step(handling.check),
    ),
    "review": Act(
        _("Look a second time"),
        _("In order, pass it on to be signed"),
        _("Done. The letter waits for the signature."),
        NoteForm,
        _step(handling.review),
    ),
    "amend": Act(
        _("Correct an answer"),
        _("Save the correction"),
        _("Saved. A letter that was checked is checked again."),
        AmendForm,
        _amend,
        quiet=True,
    ),
    "return": Act(
        _("Something is missing"),
        _("Give it back to the family"),
        _("Given back. The family has been told."),
        ReturnForm,
        _give_back,
        quiet=True,
    ),
    "refuse": Act(
        _("Refuse"),
        _("Refuse this letter"),
        _("Refused. The family has been told."),
        RefuseForm,
        _refuse,
        quiet=True,
        danger=True,
    ),
}


def possible(actor: Actor, row: Any) -> list[str]:
    """Return what an officer may do with a request now."""
    names = []
    if row.state in (State.CONFIRM, State.CHECK, State.REVIEW):
        step = Step(row.state)
        if actor.may_in(MAY[step], row.region_code) and not bars_for(actor, row, step):
            names.append(step.value)
    if actor.may_in(P.LETTER_CHECK, row.region_code) and row.state in BEFORE_SIGNATURE:
        names.append("amend")
    if row.state in WAITING and _in_hand(actor, row):
        names += ["return", "refuse"]
    return names


def _in_hand(actor: Actor, row: Any) -> bool:
    permissions = {MAY[Step(row.state)]}
    if row.state == State.SIGN:
        permissions.add(P.LETTER_CHECK)
    return any(actor.may_in(one, row.region_code) for one in permissions)


def bars_told(actor: Actor, row: Any) -> list[Promise]:
    """Return in words why somebody whose turn it would be may not go on."""
    if row.state not in WAITING:
        return []
    step = Step(row.state)
    if not actor.may_in(MAY[step], row.region_code):
        return []
    # Reading is asked for on the page itself.
    return [BARS[b] for b in bars_for(actor, row, step) if b != Bar.NOT_READ]


def acts_of(actor: Actor, file: File, wrong: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what may be done with forms; what went wrong comes along."""
    row = file.request
    names = dict.fromkeys([*possible(actor, row), *wrong])
    return [
        {
            "name": name,
            "act": ACTS[name],
            "form": wrong.get(name) or form_of(name, file),
            "open": name in wrong,
        }
        for name in names
    ]


def form_of(name: str, file: File, data: Any = None) -> forms.Form:
    """Return the form of an act, empty or filled in."""
    if name != "amend":
        return ACTS[name].form(data, auto_id=f"id_{name}_%s")
    row = file.request
    wording = wording_for(row.kind, row.village_code, day(now()))
    asked = wording.kind.asked if wording else ()
    return AmendForm(data, asked=asked, told=file.told, auto_id="id_amend_%s")


def act_named(name: str) -> Act:
    """Return an act; 404 for what is none."""
    if name not in ACTS:
        raise Http404
    return ACTS[name]


def told(request: Any, act: Act, row_id: int) -> HttpResponse:
    """Say that an act is done, and show the request."""
    messages.success(request, str(act.done), "ok")
    return redirect("letters_staff:request", row_id)
