"""What the code of a registration opens: where it is, and "how are you doing?"."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import long_day, moment
from smartkampung.recovery.affected.actions.situation import Now, tell
from smartkampung.recovery.affected.queries.following import (
    Followed,
    registration_by_code,
)
from smartkampung.recovery.affected.rules.course import Direction, State, Work
from smartkampung.recovery.affected.rules.registration import Step
from smartkampung.recovery.affected.words import DIRECTIONS, KINDS, STEPS, WORKS
from smartkampung.web.affected.forms import MOST_INCOME
from smartkampung.web.affected.registering import OPENED, OPENED_BY_ALL
from smartkampung.web.free_text import no_card_number
from smartkampung.web.limits import limited
from smartkampung.web.money import RupiahField
from smartkampung.web.pages import public_page


class SituationForm(forms.Form):
    """How somebody is doing now."""

    work = forms.ChoiceField(
        label=gettext_lazy("What do you live on now?"),
        choices=list(WORKS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what fits best.")},
    )
    income = RupiahField(
        label=gettext_lazy("Income a month now"),
        most=MOST_INCOME,
        help_text=gettext_lazy("Type 0 if nothing comes in."),
        error_messages={"required": gettext_lazy("Type how much it is now, or 0.")},
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("Is it better or worse?"),
        choices=list(DIRECTIONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what fits best.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Anything the village should know"),
        required=False,
        max_length=500,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": gettext_lazy("At most 500 letters.")},
    )
    recovered = forms.BooleanField(
        label=gettext_lazy("I have recovered and need no help any more"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask back where "recovered" contradicts the rest."""
        given = super().clean() or {}
        nothing = given.get("work") == Work.NONE and not given.get("income")
        worse = given.get("direction") == Direction.WORSE
        if given.get("recovered") and (worse or nothing):
            self.add_error(
                "recovered",
                _(
                    "Above it says that nothing comes in, or that it is worse. Take"
                    " the tick away, or change that answer."
                ),
            )
        return given

    def told(self) -> Now:
        """Return what was told; call it only when nothing is wrong."""
        given = self.cleaned_data
        return Now(
            work=Work(given["work"]),
            direction=Direction(given["direction"]),
            income=given["income"],
            note=given["note"],
            recovered=given["recovered"],
        )


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """Show the code to write down, once it was sent."""
    found = _found(code)
    rows = [
        {"name": _("Sent"), "value": moment(found.opened_at)},
        {"name": _("Answer by"), "value": long_day(found.due_on)},
    ]
    return render(request, "affected/slip.html", {"code": code, "rows": rows})


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Show where a registration is, and take in how somebody on the list is doing."""
    found = _found(code)
    record = found.record
    if record is not None and record.state not in (State.VERIFIED, State.RECOVERED):
        record = None
    sent = request.method == "POST"
    form, status = SituationForm(request.POST if sent else None), 200
    if sent:
        if record is None:
            raise Http404
        status = 422
        if form.is_valid():
            try:
                tell(affected=record, now=form.told(), at=now())
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                messages.success(request, _("Thank you. It is written down."), "ok")
                return redirect("affected:follow", code)
    context = {
        "code": code,
        "steps": _steps(found),
        "answer": _answer(found),
        "kind": KINDS[found.registration.kind],
        "form": form if record else None,
    }
    return render(request, "affected/follow.html", context, status=status)


def _found(code: str) -> Followed:
    found = registration_by_code(code, at=now())
    if found is None:
        raise Http404
    return found


def _steps(found: Followed) -> list[dict[str, Any]]:
    """Return the timeline: the same for known and unknown until somebody decided."""
    decided = found.reached.get(Step.DECIDED)
    lines = [_line("done", Step.RECEIVED, found.opened_at)]
    if decided is None:
        overdue = found.due_on < today()
        by = _("At the latest %(day)s") % {"day": long_day(found.due_on)}
        state = "late" if overdue else "now"
        lines.append({"state": state, "title": STEPS[Step.DECIDED], "when": by})
    else:
        lines.append(_line("done", Step.DECIDED, decided))
    closed = found.reached.get(Step.CLOSED)
    if closed:
        lines.append(_line("done", Step.CLOSED, closed))
    return lines


def _line(state: str, step: Step, at: Any) -> dict[str, Any]:
    return {"state": state, "title": STEPS[step], "when": moment(at)}


def _answer(found: Followed) -> dict[str, Any] | None:
    """Return what was decided, in words; nothing before somebody decided."""
    if Step.DECIDED not in found.reached:
        return None
    state = found.record.state if found.record else State.REFUSED
    words = {
        State.TO_VERIFY: ("wait", _("The village looks at it again.")),
        State.VERIFIED: ("ok", _("You are on the list for recovery.")),
        State.RECOVERED: (
            "ok",
            _("You are off the list, because you have recovered."),
        ),
        State.LEFT: ("off", _("The record is closed.")),
        State.REFUSED: (
            "wait",
            _(
                "You are not on the list. The village office tells you why, and what"
                " you can do."
            ),
        ),
    }
    colour, text = words[State(state)]
    return {"state": colour, "text": text}
