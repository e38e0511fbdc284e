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
from smartkampung.letters.requests.actions import (
    cosigning,
    ending,
    handling,
    looking,
    revoking,
    signing,
)
from smartkampung.letters.requests.actions.bringing import bring
from smartkampung.letters.requests.actions.history import MAY
from smartkampung.letters.requests.queries.bringing import brings
from smartkampung.letters.requests.queries.requests import (
    File,
    bars_for,
    next_at,
)
from smartkampung.letters.requests.queries.silence import (
    bars_to_look,
    is_to_know,
)
from smartkampung.letters.requests.rules.steps import (
    BEFORE_SIGNATURE,
    WAITING,
    State,
    Step,
)
from smartkampung.web.letters_staff.forms import (
    AmendForm,
    CancelForm,
    LookForm,
    NoteForm,
    PassphraseForm,
    RefuseForm,
    ReplaceForm,
    ReturnForm,
    RevokeForm,
)
from smartkampung.web.letters_staff.turns import turn_of

P = Permission
ONE_BY_ONE = (Step.CONFIRM, Step.CHECK, Step.REVIEW)


@dataclass(frozen=True)
class Act:
    """One thing to do: its words, and what it calls. A quiet one is folded away."""

    title: Promise
    button: Promise
    done: Promise
    form: type[forms.Form]
    do: Callable[[File, Actor, Any], Any]
    quiet: bool = False
    danger: bool = False


def _step(act: Callable[..., Any]) -> Callable[[File, Actor, Any], Any]:
    """Return what calls an action about a request with what was typed."""

    def do(file: File, by: Actor, form: Any) -> Any:
        return act(request=file.request, by=by, at=now(), **form.cleaned_data)

    return do


def _of_letter(act: Callable[..., Any]) -> Callable[[File, Actor, Any], Any]:
    """Return what calls an action about the letter that came of a request."""

    def do(file: File, by: Actor, form: Any) -> Any:
        if file.letter is None:
            raise Http404
        return act(letter=file.letter, by=by, at=now(), **form.cleaned_data)

    return do


def _amend(file: File, by: Actor, form: Any) -> Any:
    return handling.amend(
        request=file.request,
        purpose=form.cleaned_data["purpose"],
        answers=form.answers(),
        by=by,
        at=now(),
    )


def _cancel(file: File, by: Actor, _form: Any) -> Any:
    if not may_stand_in(by, file):
        raise Http404
    return ending.cancel(request=file.request, by=by, at=now())


ACTS: dict[str, Act] = {
    "confirm": Act(
        _("Is it so?"),
        _("I know the family and confirm it"),
        _("Confirmed. The village office goes on."),
        NoteForm,
        _step(handling.confirm),
    ),
    "look": Act(
        _("The RT has not answered in time"),
        _("We looked ourselves, it is so"),
        _("Written down. The letter goes on to the check, and the RT is told."),
        LookForm,
        _step(looking.look),
    ),
    "know": Act(
        _("Said in your place"),
        _("I know of it"),
        _("Written down. It leaves your list."),
        forms.Form,
        _step(looking.know),
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
    "sign": Act(
        _("Sign"),
        _("Sign this letter"),
        _("Signed."),
        PassphraseForm,
        _step(signing.sign),
    ),
    "cosign": Act(
        _("Sign for the kecamatan"),
        _("Sign this letter"),
        _("Signed. The family can fetch it."),
        PassphraseForm,
        _step(cosigning.cosign),
    ),
    "amend": Act(
        _("Correct an answer"),
        _("Save the correction"),
        _("Saved. The RT confirms it anew, and a colleague checks it."),
        AmendForm,
        _amend,
        quiet=True,
    ),
    "return": Act(
        _("Something is missing"),
        _("Give it back to the family"),
        _("Given back. The family has been told."),
        ReturnForm,
        _step(ending.return_for_completion),
        quiet=True,
    ),
    "refuse": Act(
        _("Refuse"),
        _("Refuse this letter"),
        _("Refused. The family has been told."),
        RefuseForm,
        _step(ending.refuse),
        quiet=True,
        danger=True,
    ),
    "cancel": Act(
        _("Take it back for the family"),
        _("Take this letter back"),
        _("Taken back. The family has been told."),
        CancelForm,
        _cancel,
        quiet=True,
        danger=True,
    ),
    "bring": Act(
        _("The letter is ready, and the family has no phone"),
        _("The family knows of it, or has it"),
        _("Written down. It leaves your list."),
        forms.Form,
        _step(bring),
    ),
    "replace": Act(
        _("Write a new letter in its place"),
        _("Begin the new letter"),
        _("A new letter waits for the check. The old one ends when it is signed."),
        ReplaceForm,
        _of_letter(revoking.replace),
        quiet=True,
    ),
    "revoke": Act(
        _("Revoke"),
        _("Revoke this letter"),
        _("Revoked. Whoever checks the letter is told so from now on."),
        RevokeForm,
        _of_letter(revoking.revoke),
        quiet=True,
        danger=True,
    ),
}


def possible(actor: Actor, file: File) -> list[str]:
    """Return what an officer may do with a request now."""
    row, letter = file.request, file.letter
    names = []
    if row.state in WAITING:
        step = Step(row.state)
        if turn_of(actor, row, step) and not bars_for(actor, row, step):
            names.append(step.value)
    names += _of_the_rt(actor, row)
    if actor.may_in(P.LETTER_CHECK, row.region_code) and row.state in BEFORE_SIGNATURE:
        names.append("amend")
    if row.state in WAITING and _in_hand(actor, row):
        names += ["return", "refuse"]
    if may_stand_in(actor, file) and row.state in BEFORE_SIGNATURE:
        names.append("cancel")
    if brings(actor, row):
        names.append("bring")
    stands = letter and letter.issued_at and not letter.revoked_at
    if stands and actor.may_in(P.LETTER_REVOKE, row.region_code):
        names += ["replace", "revoke"]
    return names


def _of_the_rt(actor: Actor, row: Any) -> list[str]:
    """Return what may be done where the RT is silent, or others spoke for it."""
    office = actor.may_in(P.LETTER_CHECK, row.region_code)
    look = office and not bars_to_look(actor, row, at=now())
    return ["look"] * look + ["know"] * is_to_know(actor, row)


def may_stand_in(actor: Actor, file: File) -> bool:
    """Say whether somebody completes, or takes back, a letter in the family's name."""
    return not file.shut and actor.may_in(P.LETTER_ASK, file.request.region_code)


def _in_hand(actor: Actor, row: Any) -> bool:
    permissions = {MAY[Step(row.state)]}
    if row.state == State.SIGN:
        permissions.add(P.LETTER_CHECK)
    return any(actor.may_in(one, row.region_code) for one in permissions)


def acts_of(actor: Actor, file: File, wrong: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what may be done with forms; what went wrong comes along."""
    names = dict.fromkeys([*possible(actor, file), *wrong])
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


def told(request: Any, act: Act, name: str, row_id: int) -> HttpResponse:
    """Say that an act is done; show the next letter at the same step, or this one."""
    messages.success(request, str(act.done), "ok")
    coming = next_at(request.actor, name) if name in ONE_BY_ONE else None
    if coming:
        messages.info(request, str(_("This is the next letter that waits for you.")))
    return redirect("letters_staff:request", coming or row_id)
