"""How many people places take: what holds, what it leaves to book, and changing it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.actions.limiting import limit_centre, limit_village
from smartkampung.isolation.queries import limits as queries
from smartkampung.isolation.rules.intake import ARRIVALS_A_DAY, MONITORED_AT_ONCE
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import whole
from smartkampung.regions.queries import names, villages_served_by
from smartkampung.web.free_text import no_card_number
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
SEE = "see"
MOST = 2_000


class LimitForm(forms.Form):
    """How many people, and why."""

    most = forms.IntegerField(
        label=gettext_lazy("At most, people"),
        min_value=0,
        max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "tiny"}),
        error_messages={
            "required": gettext_lazy("Type how many people, such as 40."),
            "invalid": gettext_lazy("Type how many people, such as 40."),
            "min_value": gettext_lazy("Type a number from 0 to 2,000."),
            "max_value": gettext_lazy("Type a number from 0 to 2,000."),
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It stands in the history. No names."),
        error_messages={"required": gettext_lazy("Say why, in a few words.")},
    )


@dataclass(frozen=True)
class Place:
    """A place whose limit is shown or changed."""

    title: str
    counts: str  # what is counted there
    limit: int
    default: int
    history: list[Any]
    effect: Callable[[int], list[queries.Effect]]
    change: Callable[..., int]


@staff_page(P.ISOLATION_FIGURES)
def limits(request: StaffRequest) -> HttpResponse:
    """List the Puskesmas of an officer, and the villages of one of them."""
    actor = request.actor
    centres = queries.centres_of(actor, P.ISOLATION_FIGURES)
    asked = request.GET.get("centre", "")
    chosen = next((one for one in centres if one.pk == asked), None)
    chosen = chosen or (centres[0] if centres else None)
    context = {
        "centres": _centres(actor, centres),
        "chosen": chosen,
        "villages": _villages(actor, chosen) if chosen else [],
    }
    return render(request, "isolation_care/limits.html", context)


def _centres(actor: Actor, rows: list[Any]) -> list[dict[str, Any]]:
    codes = [row.pk for row in rows]
    limits_set = queries.limits_set(centres=codes)
    people = queries.looked_after(codes, today())
    may = {row.pk for row in queries.centres_of(actor, P.INTAKE_CENTRE)}
    return [
        {
            "row": row,
            "people": people.get(row.pk, 0),
            "most": limits_set.get(row.pk, MONITORED_AT_ONCE),
            "may": row.pk in may,
        }
        for row in rows
    ]


def _villages(actor: Actor, centre: Any) -> list[dict[str, Any]]:
    rows = [
        row
        for row in villages_served_by(centre.pk)
        if actor.may_in(P.ISOLATION_FIGURES, row.code)
    ]
    limits_set = queries.limits_set(villages=[row.code for row in rows])
    return [
        {
            "row": row,
            "most": limits_set.get(row.code, ARRIVALS_A_DAY),
            "may": actor.may_in(P.INTAKE_VILLAGE, row.code),
        }
        for row in rows
    ]


@staff_page(P.INTAKE_CENTRE, "GET", "HEAD", "POST")
def centre(request: StaffRequest, code: str) -> HttpResponse:
    """Show how many people a Puskesmas looks after at once, and change it."""
    rows = queries.centres_of(request.actor, P.INTAKE_CENTRE)
    row = next((one for one in rows if one.pk == code), None)
    if row is None:
        raise Http404
    place = Place(
        title=_("Puskesmas %(name)s") % {"name": row.name},
        counts=_("People in isolation at once whom this Puskesmas looks after."),
        limit=queries.limit_of_centre(code),
        default=MONITORED_AT_ONCE,
        history=queries.history_of(centre=code),
        effect=lambda most: queries.effect_on_centre(code, most=most, since=today()),
        change=lambda **told: limit_centre(centre=row, **told),
    )
    return _answer(request, place)


@staff_page(P.INTAKE_VILLAGE, "GET", "HEAD", "POST")
def village(request: StaffRequest, code: str) -> HttpResponse:
    """Show how many people a village receives on one day, and change it."""
    named = names([code]) if request.actor.may_in(P.INTAKE_VILLAGE, code) else {}
    if code not in named or code.count(".") != 3:
        raise Http404
    place = Place(
        title=named[code],
        counts=_("People who arrive in this village on one day."),
        limit=queries.limit_of_village(code),
        default=ARRIVALS_A_DAY,
        history=queries.history_of(village=code),
        effect=lambda most: queries.effect_on_village(code, most=most, since=today()),
        change=lambda **told: limit_village(village=code, **told),
    )
    return _answer(request, place)


def _answer(request: StaffRequest, place: Place) -> HttpResponse:
    form = LimitForm(
        request.POST if request.method == "POST" else None,
        initial={"most": place.limit},
    )
    if request.method != "POST":
        return _page(request, place, form, place.limit)
    if request.POST.get("act") == SEE:
        form.fields["reason"].required = False
    if not form.is_valid():
        return _page(request, place, form, place.limit, status=422)
    most = form.cleaned_data["most"]
    if request.POST.get("act") == SEE:
        return _page(request, place, form, most)
    try:
        gained = place.change(**form.cleaned_data, by=request.actor, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, place, form, most, status=409)
    messages.success(request, _done(gained), "ok")
    return redirect(request.path)


def _done(gained: int) -> str:
    if not gained:
        return _("The new limit holds from now on.")
    return ngettext(
        "The new limit holds from now on. %(count)s party that waited is offered beds.",
        "The new limit holds from now on. %(count)s parties that waited are offered beds.",
        gained,
    ) % {"count": gained}


def _page(
    request: StaffRequest,
    place: Place,
    form: LimitForm,
    most: int,
    *,
    status: int = 200,
) -> HttpResponse:
    effect = place.effect(most)
    writers = full_names(row.by for row in place.history)
    context = {
        "place": place,
        "form": form,
        "most": most,
        "tried": most != place.limit,
        "effect": effect,
        "over": sum(one.people > most for one in effect),
        "closed": sum(one.left == 0 for one in effect),
        "history": [(row, writers.get(row.by, row.by)) for row in place.history],
        "limit": whole(place.limit),
    }
    return render(request, "isolation_care/limit.html", context, status=status)
