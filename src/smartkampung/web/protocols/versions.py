"""Protocols of places and events: what holds, what held, and the next version."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission as P
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.reopening.guidance.queries import holds_from
from smartkampung.reopening.guidance.rules.kinds import Colour
from smartkampung.reopening.places.actions import protocols as acts
from smartkampung.reopening.places.queries import protocols as queries
from smartkampung.reopening.places.rules.protocol import (
    CLOSING,
    EVENT_KINDS,
    EVENTS,
    KINDS,
    read_checklist,
    read_events,
)
from smartkampung.reopening.places.words import ALL_KINDS, COLOURS
from smartkampung.web.aid_staff.termforms import day_field
from smartkampung.web.free_text import no_card_number
from smartkampung.web.pages import StaffRequest, staff_page

MUST = {"wajib": True, "must": True, "tidak": False, "no": False}
PARTS = 5


def _number(label: Any) -> forms.IntegerField:
    wrong = gettext_lazy("Type a whole number.")
    return forms.IntegerField(
        label=label,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "tiny"}),
        error_messages={"required": wrong, "invalid": wrong},
    )


class VersionForm(forms.Form):
    """From which day on, and on what ground."""

    since = day_field(
        gettext_lazy("Holds from"),
        help_text=gettext_lazy("Tomorrow or later. Until then, what holds now."),
    )
    legal_reference = forms.CharField(
        label=gettext_lazy("Legal reference"),
        max_length=200,
        validators=[no_card_number],
        error_messages={"required": gettext_lazy("Say on what decision it rests.")},
    )
    source_url = forms.URLField(
        label=gettext_lazy("Where it can be read"),
        required=False,
        max_length=300,
        assume_scheme="https",
    )


class ChecklistVersionForm(VersionForm):
    """The items of a kind of place, one a line, its limit and its months."""

    needed = _number(gettext_lazy("Points of 100 that a place must reach"))
    months = _number(gettext_lazy("Months for which a certificate is valid"))
    items = forms.CharField(
        label=gettext_lazy("Items"),
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy(
            "One a line: code | weight | wajib or tidak | words | words in English"
        ),
        error_messages={"required": gettext_lazy("Write at least one item.")},
    )

    def clean_items(self) -> list[dict[str, Any]]:
        """Return the items, or say which line to mend."""
        lines = self.cleaned_data["items"].splitlines()
        told = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
        return [_item(number, line) for number, line in told]

    def body(self) -> dict[str, Any]:
        """Return what the version says."""
        given = self.cleaned_data
        return {
            "items": given["items"],
            "pass": given["needed"],
            "months": given["months"],
        }

    @staticmethod
    def initial_of(body: Any) -> dict[str, Any]:
        """Return the fields of a body, to begin from what holds now."""
        found = read_checklist(body)
        lines = [
            f"{one.code} | {one.weight} | {'wajib' if one.must else 'tidak'}"
            f" | {one.name} | {one.name_en}"
            for one in found.items
        ]
        return {
            "items": "\n".join(lines),
            "needed": found.needed,
            "months": found.months,
        }


def _item(number: int, line: str) -> dict[str, Any]:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != PARTS or not re.fullmatch(r"[1-9]", parts[1]):
        raise forms.ValidationError(
            _("Line %(number)s: write code | weight 1 to 9 | wajib | words | English.")
            % {"number": number}
        )
    code, weight, must, name, name_en = parts
    if must.lower() not in MUST:
        raise forms.ValidationError(
            _("Line %(number)s: the third part is “wajib” or “tidak”.")
            % {"number": number}
        )
    return {
        "code": code,
        "name": name,
        "name_en": name_en,
        "weight": int(weight),
        "must": MUST[must.lower()],
    }


class EventsVersionForm(VersionForm):
    """Who decides about events, how early, and in which colours never."""

    head_most = _number(gettext_lazy("Up to how many people the village head decides"))
    days_before = _number(gettext_lazy("At least how many days before it is asked for"))
    wedding = _number(gettext_lazy("People at a usual wedding or celebration"))
    festival = _number(gettext_lazy("People at a usual festival or show"))
    closed = forms.MultipleChoiceField(
        label=gettext_lazy("Colours of an RT in which no event is allowed"),
        choices=[(one, word) for one, word in COLOURS.items() if one in CLOSING],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def body(self) -> dict[str, Any]:
        """Return what the version says."""
        names = ("head_most", "days_before", "closed")
        usual = {kind.value: self.cleaned_data[kind.value] for kind in EVENT_KINDS}
        return {name: self.cleaned_data[name] for name in names} | {"usual": usual}

    @staticmethod
    def initial_of(body: Any) -> dict[str, Any]:
        """Return the fields of a body, to begin from what holds now."""
        usual = read_events(body).usual
        return dict(body) | {kind.value: usual[kind] for kind in EVENT_KINDS}


@staff_page(P.PLACE_VIEW)
def versions(request: StaffRequest) -> HttpResponse:
    """Show the protocol of each kind with its versions."""
    may = request.actor.may(P.GUIDANCE_MANAGE)
    rows = [row for kind in KINDS for row in queries.versions_of(kind)]
    names = full_names({row.by for row in rows} | {row.verified_by for row in rows})
    parts = [
        {
            "kind": kind,
            "title": ALL_KINDS[kind],
            "versions": [
                {
                    "row": row,
                    "lines": _lines(row),
                    "state": _state(row),
                    "begins": holds_from(row) or row.since,
                    "by": names.get(row.by, ""),
                    "verified_by": names.get(row.verified_by, row.verified_by),
                    "may_confirm": may
                    and row.by != request.actor.username
                    and not row.verified_by,
                }
                for row in rows
                if row.kind == kind
            ],
        }
        for kind in KINDS
    ]
    context = {"parts": parts, "may": may}
    return render(request, "protocols/versions.html", context)


@staff_page(P.GUIDANCE_MANAGE, "GET", "HEAD", "POST")
def write(request: StaffRequest, kind: str) -> HttpResponse:
    """Write the next version of a protocol."""
    if kind not in KINDS:
        raise Http404
    form_class = EventsVersionForm if kind == EVENTS else ChecklistVersionForm
    sent = request.method == "POST"
    holds = queries.in_force(kind, today())
    begun = form_class.initial_of(holds.body) if holds else {}
    form = form_class(request.POST if sent else None, initial=begun)
    status = 200
    if sent:
        status = 422
        if form.is_valid():
            try:
                _written(request, kind, form)
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                text = _(
                    "Written down. It does not hold until somebody else confirms it."
                )
                messages.success(request, text, "ok")
                return redirect("protocols_staff:versions")
    context = {
        "form": form,
        "title": _("Next protocol: %(kind)s") % {"kind": ALL_KINDS[kind]},
        "button": _("Write this version"),
        "place": None,
    }
    return render(request, "protocols/form.html", context, status=status)


def _written(request: StaffRequest, kind: str, form: Any) -> None:
    given = form.cleaned_data
    acts.write_version(
        kind=kind,
        body=form.body(),
        since=given["since"],
        legal_reference=given["legal_reference"],
        source_url=given["source_url"],
        by=request.actor,
        at=now(),
    )


@staff_page(P.GUIDANCE_MANAGE, "POST")
def confirm(request: StaffRequest, version: int) -> HttpResponse:
    """Write down that an official compared a version with its source."""
    if queries.version(version) is None:
        raise Http404
    try:
        acts.confirm(version=version, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
    else:
        messages.success(request, _("Confirmed, in your name."), "ok")
    return redirect("protocols_staff:versions")


def _state(row: Any) -> tuple[str, str]:
    begins = holds_from(row)
    if begins is None:
        return _("does not hold yet: waits to be confirmed"), "wait"
    holds = queries.in_force(row.kind, today())
    if holds and row.pk == holds.pk:
        return _("holds now"), "ok"
    if begins > today():
        return _("from a later day"), "wait"
    return _("held before"), "off"


def _lines(row: Any) -> list[str]:
    if row.kind == EVENTS:
        rules = read_events(row.body)
        closed = ", ".join(str(COLOURS[Colour(one)]) for one in rules.closed)
        return [
            _("Up to %(n)s people the village head decides, above it the kecamatan")
            % {"n": rules.head_most},
            _("Asked for at least %(n)s days before") % {"n": rules.days_before},
            _(
                "Of a usual wedding of %(wedding)s and festival of %(festival)s people, what the phase leaves"
            )
            % {kind.value: rules.usual[kind] for kind in EVENT_KINDS},
            _("Never where the RT is: %(colours)s") % {"colours": closed or "–"},
        ]
    found = read_checklist(row.body)
    must = _("without exception")
    items = [
        f"{queries.item_name(one)} ({one.weight}{f', {must}' if one.must else ''})"
        for one in found.items
    ]
    needs = _("Needed: %(points)s points of 100; valid for %(months)s months")
    return [needs % {"points": found.needed, "months": found.months}, *items]
