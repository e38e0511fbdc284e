"""The list of people hit by the crisis, for staff, narrowed as they like."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission as P
from smartkampung.kernel.clock import now
from smartkampung.recovery.affected.queries.figures import counts_by_state
from smartkampung.recovery.affected.queries.records import (
    Filter,
    affected_for,
    narrowed,
    to_match_for,
)
from smartkampung.recovery.affected.rules.course import State
from smartkampung.recovery.affected.rules.registration import VERIFY_DUE
from smartkampung.recovery.affected.words import KINDS, STATES
from smartkampung.residents.queries import note_looks
from smartkampung.web.affected.forms import sector_choices
from smartkampung.web.affected.present import sector_name, state_tag
from smartkampung.web.aid_staff.present import where
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people import areas

PAGE_SIZE = 25
MATCHES_SHOWN = 10
ALL = gettext_lazy("All")


class FilterForm(forms.Form):
    """Place, branch, kind, and whether it is late; what is none of these is no filter."""

    place = forms.ChoiceField(label=gettext_lazy("Place"), required=False)
    sector = forms.ChoiceField(label=gettext_lazy("Branch"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        required=False,
        choices=[("", ALL), *KINDS.items()],
    )
    late = forms.BooleanField(label=gettext_lazy("Only late ones"), required=False)

    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(data)
        _offer(self, "sector", [("", ALL), *sector_choices()[1:]])
        places = areas.choices(actor, (P.AFFECTED_VIEW,))
        _offer(self, "place", [("", ALL), *places])

    def chosen(self, state: str) -> Filter:
        """Return the filter; what was not on offer narrows nothing."""
        self.is_valid()
        given = self.cleaned_data
        return Filter(
            state=state,
            place=given.get("place", ""),
            sector=given.get("sector", ""),
            kind=given.get("kind", ""),
            late=given.get("late", False),
        )


def _offer(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


@staff_page(P.AFFECTED_VIEW)
def records(request: StaffRequest) -> HttpResponse:
    """List records, those that wait for the village first."""
    actor, at = request.actor, now()
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    form = FilterForm(request.GET, actor=actor)
    rows = narrowed(affected_for(actor), form.chosen(state), at=at)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    note_looks(
        actor,
        [row.person for row in page],
        purpose="affected.list",
        permission=P.AFFECTED_VIEW,
    )
    kept = {key: request.GET.get(key, "") for key in form.fields if key in request.GET}
    verifies = actor.may(P.AFFECTED_VERIFY)
    context = {
        "form": form,
        "state": state,
        "page": page,
        "items": _items(list(page), at),
        "tabs": _tabs(counts_by_state(actor), state, kept),
        "query": "?" + urlencode({**kept, "state": state}) + "&",
        "to_match": list(to_match_for(actor)[:MATCHES_SHOWN]) if verifies else [],
        "may_register": actor.may(P.AFFECTED_REGISTER),
    }
    return render(request, "affected/records.html", context)


def _items(rows: list[Any], at: Any) -> list[dict[str, Any]]:
    places = where({row.region_code for row in rows})
    return [
        {
            "row": row,
            "place": places[row.region_code],
            "kind": KINDS[row.kind],
            "sector": sector_name(row.sector),
            "tag": state_tag(row.state),
            "due_at": row.opened_at + VERIFY_DUE
            if row.state == State.TO_VERIFY
            else None,
            "late": row.state == State.TO_VERIFY and row.opened_at + VERIFY_DUE < at,
        }
        for row in rows
    ]


def _tabs(counted: dict[str, int], state: str, kept: dict[str, str]) -> list[Any]:
    every = {
        "text": _("All"),
        "count": sum(counted.values()),
        "url": "?" + urlencode(kept),
        "current": not state,
    }
    return [
        every,
        *(
            {
                "text": str(words).capitalize(),
                "count": counted.get(one, 0),
                "url": "?" + urlencode({**kept, "state": one}),
                "current": state == one,
            }
            for one, (_colour, words) in STATES.items()
        ),
    ]
