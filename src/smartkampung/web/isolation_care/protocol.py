"""The protocol of isolation: what holds, what held, what will hold, and the next."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission, Role
from smartkampung.isolation.monitoring.rules.ends import Group
from smartkampung.isolation.monitoring.rules.ladder import Trigger
from smartkampung.isolation.monitoring.words import TRIGGERS
from smartkampung.isolation.protocol import actions, queries
from smartkampung.isolation.protocol.rules import Kind
from smartkampung.isolation.protocol.words import GROUPS, KINDS
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.web.isolation_care.protocolforms import (
    FORMS,
    VersionForm,
    day_of,
    fresh,
)
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission


@staff_page(P.HOUSE_VIEW)
def protocol(request: StaffRequest) -> HttpResponse:
    """Show each part of the protocol with its versions."""
    may = request.actor.may(P.PROTOCOL_MANAGE)
    parts = [
        {
            "kind": kind.value,
            "title": title,
            "about": about,
            "versions": _versions(kind, request.actor.username if may else None),
        }
        for kind, (title, about) in KINDS.items()
    ]
    return render(request, "isolation_care/protocol.html", {"parts": parts, "may": may})


def _versions(kind: Kind, confirms: str | None) -> list[dict[str, Any]]:
    rows = queries.versions_of(kind)
    holds = queries.in_force(kind, today())
    names = full_names(row.by for row in rows) | full_names(
        row.verified_by for row in rows
    )
    return [
        {
            "row": row,
            "lines": WORDS[kind](row.body),
            "state": _state(row, holds),
            "by": names.get(row.by, ""),
            "verified_by": names.get(row.verified_by, row.verified_by),
            "may_confirm": confirms not in (None, row.by) and not row.verified_by,
        }
        for row in rows
    ]


def _state(row: Any, holds: Any) -> tuple[str, str]:
    if row.pk == holds.pk:
        return _("holds now"), "ok"
    if row.since > today():
        return _("from a later day"), "wait"
    return _("held before"), "off"


@staff_page(P.PROTOCOL_MANAGE, "GET", "HEAD", "POST")
def write(request: StaffRequest, kind: str) -> HttpResponse:
    """Write the next version of a part."""
    if kind not in set(Kind):
        raise Http404
    part = Kind(kind)
    if request.method != "POST":
        return _page(request, part, fresh(part, queries.in_force(part, today()).body))
    form = FORMS[part](request.POST)
    if not form.is_valid():
        return _page(request, part, form, status=422)
    try:
        actions.write_version(
            kind=part,
            body=form.body(),
            since=day_of(form),
            legal_reference=form.cleaned_data["legal_reference"],
            source_url=form.cleaned_data["source_url"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, part, form, status=409)
    messages.success(request, _("Written down. Somebody else can confirm it."), "ok")
    return redirect("isolation_care:protocol")


@staff_page(P.PROTOCOL_MANAGE, "POST")
def confirm(request: StaffRequest, version: int) -> HttpResponse:
    """Write down that an official compared a version with its source."""
    try:
        actions.confirm(version=version, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
    else:
        messages.success(request, _("Confirmed, in your name."), "ok")
    return redirect("isolation_care:protocol")


def _page(
    request: StaffRequest, kind: Kind, form: VersionForm, *, status: int = 200
) -> HttpResponse:
    title, about = KINDS[kind]
    context = {"form": form, "title": title, "about": about}
    return render(request, "isolation_care/write.html", context, status=status)


def _limits(body: Mapping[str, Any]) -> list[str]:
    whole, tenth = body["fever"].split(".")
    told = {"whole": whole, "tenth": tenth}
    return [
        _("Fever from %(whole)s.%(tenth)s °C") % told,
        _("Oxygen below %(spo2)s %%") % {"spo2": body["spo2"]},
        _("Short of breath, whatever was measured"),
    ]


def _clocks(body: Mapping[str, Any]) -> list[str]:
    told = {"hours": body["exit_grace_hours"]}
    return [_("%(hours)s hours after the last day") % told]


def _ladder(body: Mapping[str, Any]) -> list[str]:
    lines = [
        _("%(what)s: %(told)s, within %(time)s; then %(then)s")
        % {
            "what": TRIGGERS[one],
            "told": _roles(body["rungs"][one.value]["told"]),
            "then": _roles(body["rungs"][one.value]["then"]),
            "time": _time(body["rungs"][one.value]["minutes"]),
        }
        for one in Trigger
    ]
    again = _("The second rung after %(count)s looks missed in a row")
    return [*lines, again % {"count": body["again_after"]}]


def _time(minutes: int) -> str:
    """Return a time in whole hours where it is that, else in minutes."""
    hours, rest = divmod(minutes, 60)
    if rest:
        return _("%(count)s minutes") % {"count": minutes}
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}


def _roles(codes: list[str]) -> str:
    return ", ".join(str(ROLE_LABELS[Role(one)]) for one in codes)


def _classes(body: Mapping[str, Any]) -> list[str]:
    return [
        f"{either(one['name'], one['name_en'])}: {GROUPS[Group(one['group'])]}"
        for one in body["classes"]
    ]


def _release(body: Mapping[str, Any]) -> list[str]:
    return [
        _("A contact: %(days)s days from arrival") % {"days": body["contact_days"]},
        _("Ill: %(days)s days from the first symptom, and %(free)s without any")
        % {"days": body["onset_days"], "free": body["symptom_free_days"]},
        _("Proven, without symptoms: %(days)s days from the specimen")
        % {"days": body["specimen_days"]},
    ]


WORDS = {
    Kind.LIMITS: _limits,
    Kind.CLOCKS: _clocks,
    Kind.LADDER: _ladder,
    Kind.CLASSES: _classes,
    Kind.RELEASE: _release,
}
