"""Guidance for the office that keeps it: the next version, and confirming one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.reopening.guidance import actions
from smartkampung.reopening.guidance.queries import versions_of
from smartkampung.reopening.guidance.words import KINDS
from smartkampung.web.guidance.forms import VersionForm
from smartkampung.web.guidance.openings import FORMS
from smartkampung.web.guidance.reading import known, shown
from smartkampung.web.pages import StaffRequest, staff_page

MAY = Permission.GUIDANCE_MANAGE
_WRITTEN = lazy("Written down. It does not hold until somebody else confirms it.")


@staff_page(MAY)
def guidance(request: StaffRequest) -> HttpResponse:
    """Show every kind with its versions, and what waits to be confirmed."""
    parts = []
    for kind, (title, about) in KINDS.items():
        versions = shown(kind)
        names = full_names(one["row"].by for one in versions)
        for one in versions:
            row = one["row"]
            one["by"] = names.get(row.by, "")
            one["may_confirm"] = (
                not row.verified_by and row.by != request.actor.username
            )
        parts.append(
            {"kind": kind.value, "title": title, "about": about, "versions": versions}
        )
    return render(request, "guidance/manage.html", {"parts": parts})


@staff_page(MAY, "GET", "HEAD", "POST")
def write(request: StaffRequest, kind: str) -> HttpResponse:
    """Write the next version of a kind."""
    part = known(kind)
    rows = versions_of(part)
    if not rows:
        raise Http404
    form = FORMS[part](request.POST or None, before=rows[0].body)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        actions.write_version(
            kind=part,
            body=form.body(),
            since=form.until(),
            legal_reference=form.cleaned_data["legal_reference"],
            source_url=form.cleaned_data["source_url"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        early = refusal.code == actions.BeginsTooEarly.code
        form.add_error("since" if early else None, str(refusal.message))
        return _page(request, form, status=409)
    messages.success(request, _WRITTEN, "ok")
    return redirect("guidance_staff:guidance")


@staff_page(MAY, "GET", "HEAD", "POST")
def confirm(request: StaffRequest, version: int) -> HttpResponse:
    """Write down that an official compared a version with its source.

    From the list of work it leads to where the version stands.
    """
    if request.method != "POST":
        return redirect(reverse("guidance_staff:guidance") + f"#version-{version}")
    try:
        actions.confirm(version=version, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
    else:
        messages.success(request, _("Confirmed, in your name."), "ok")
    return redirect("guidance_staff:guidance")


def _page(
    request: StaffRequest, form: VersionForm, *, status: int = 200
) -> HttpResponse:
    title, about = KINDS[form.kind]
    context: dict[str, Any] = {"form": form, "title": title, "about": about}
    return render(request, "guidance/write.html", context, status=status)
