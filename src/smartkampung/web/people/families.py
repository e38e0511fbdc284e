"""The families of a village or RT: to look through, to print, to find a card again."""

import re
from typing import Any

from django import forms
from django.core.cache import caches
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.regions.codes import LEVELS, level
from smartkampung.regions.queries import Place, places
from smartkampung.residents import queries
from smartkampung.residents.queries import Household, Key
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people import areas, present

VIEW = Permission.RESIDENT_VIEW
REMEMBERED_SECONDS = 300
CHOSEN = SafeString(" selected")
Groups = list[tuple[str, list[tuple[str, str]]]]
_KEY = re.compile(r"(\d{2}(?:\.\d{1,4}){1,6})~(\d{1,18})")


class NameForm(forms.Form):
    """A name on a card of this place."""

    name = forms.CharField(
        label=_("Name on the card"),
        max_length=120,
        error_messages={"required": _("Type a name, or part of one.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@staff_page(VIEW)
def families_here(request: StaffRequest) -> HttpResponse:
    """Open the list of the place that was chosen, or where the reader works."""
    mine = request.actor.regions_where(VIEW)
    asked = request.GET.get("place", "")
    if asked and not request.actor.may_in(VIEW, asked):
        raise Http404
    return redirect("people:families", asked or mine[0])


@staff_page(VIEW, "GET", "POST")
def families(request: StaffRequest, code: str) -> HttpResponse:
    """List the families of a place, RT by RT; those of a name after a POST."""
    if request.method != "POST":
        page = queries.households_for(
            request.actor, code, after=_key(request.GET.get("after", ""))
        )
        return _list(request, code, NameForm(), page)
    form = NameForm(request.POST)
    if not form.is_valid():
        page = queries.households_for(request.actor, code)
        return _list(request, code, form, page, status=422)
    name = form.cleaned_data["name"]
    page = queries.households_for(request.actor, code, name=name)
    return _list(request, code, form, page, name=name)


def _key(text: str) -> Key | None:
    found = _KEY.fullmatch(text)
    return Key(found[1], int(found[2])) if found else None


def _list(
    request: StaffRequest,
    code: str,
    form: NameForm,
    page: queries.Households,
    *,
    name: str = "",
    status: int = 200,
) -> HttpResponse:
    after = page.after
    context = {
        "place": present.area_words(code),
        "options": _options(request, code),
        "form": form if LEVELS.index(level(code)) >= LEVELS.index("village") else None,
        "name": name,
        "rows": _rows(request, page.rows, code),
        "after": f"{after.region_code}~{after.family_id}" if after else "",
        "first": "after" not in request.GET,
        "at": now(),
    }
    return render(request, "people/families.html", context, status=status)


def _options(request: StaffRequest, code: str) -> str:
    """Return the options of the select of places, in groups with a name.

    Nothing where there is only one to choose from. Written here and not in the
    template, which would take longer over a regency's villages than over the list.
    """
    groups = _remembered(request)
    if sum(len(choices) for _, choices in groups) < 2:
        return ""
    parts = []
    for name, choices in groups:
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (value, CHOSEN if value == code else "", label)
                for value, label in choices
            ),
        )
        within = '<optgroup label="{}">{}</optgroup>'
        parts.append(format_html(within, name, options) if name else options)
    return format_html_join("", "{}", ((part,) for part in parts))


def _remembered(request: StaffRequest) -> Groups:
    """Return the reader's own areas and what lies in them; regions seldom change."""
    mine = request.actor.regions_where(VIEW)
    key = f"families-places:{get_language()}:{','.join(mine)}"
    groups: Groups | None = caches["local"].get(key)
    if groups is None:
        groups = [("", [(code, present.area_words(code)) for code in mine])]
        for value, label in areas.choices(request.actor):
            if isinstance(label, list):
                groups.append((value, label))
            else:
                groups[0][1].append((value, label))
        caches["local"].set(key, groups, REMEMBERED_SECONDS)
    return groups


def _where(place: Place, code: str) -> str:
    """Return where a family lives; within a village its RT says enough."""
    if code.count(".") >= LEVELS.index("village") and place.rt:
        return f"RT {place.rt} RW {place.rw}"
    return present.place_words(place)


def _rows(
    request: StaffRequest, rows: list[Household], code: str
) -> list[dict[str, Any]]:
    where = places(row.family.region_code for row in rows)
    seen = {
        region: present.seen_by(request.actor, region)
        for region in {row.family.region_code for row in rows}
    }
    return [
        {
            "pk": row.family.pk,
            "head": row.head.name,
            "people": len(row.members),
            "place": _where(where[row.family.region_code], code),
            "address": row.family.address
            if "address" in seen[row.family.region_code]
            else "",
            "kk": present.masked(row.family.kk)
            if "kk" in seen[row.family.region_code]
            else "",
        }
        for row in rows
    ]
