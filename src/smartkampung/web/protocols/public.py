"""Places for everybody: which are certified, what a certificate is worth, how many fit."""

from collections import Counter
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.wording import whole
from smartkampung.regions.codes import ancestor, village_of
from smartkampung.regions.maps import map_of
from smartkampung.regions.queries import regency
from smartkampung.reopening.places.queries import register, standing
from smartkampung.reopening.places.queries.events import event_by_code
from smartkampung.reopening.places.rules.standing import Standing
from smartkampung.reopening.places.words import KINDS
from smartkampung.web.aid_staff.present import where
from smartkampung.web.core.drawing import Drawing, drawing, shades
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.places import village_choices
from smartkampung.web.protocols import present
from smartkampung.web.tracking.forms import CodeForm

OPENED = Limit("places.opened", 600, timedelta(minutes=10))
TYPED = Limit("places.typed", 240, timedelta(minutes=10))
TYPED_BY_ALL = Limit("places.typed_by_all", 12_000, timedelta(minutes=1))
PAGE_SIZE = 20
ALL = ("", gettext_lazy("All"))


class SearchForm(forms.Form):
    """Where, and what kind."""

    village = forms.ChoiceField(label=gettext_lazy("Village"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of place"),
        required=False,
        choices=[ALL, *KINDS.items()],
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        field = self.fields["village"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [ALL, *village_choices()]


class AnyCodeForm(CodeForm):
    """The code of a place, a complaint or an event."""

    code_label = gettext_lazy("Code of the place, complaint or event")

    def unknown(self) -> None:
        """Say that a well-shaped code opens nothing."""
        self.add_error(
            "code",
            _(
                "We know no place, complaint or event with this code. Compare each"
                " letter with the message, or ask at the village office."
            ),
        )


@limited(address=OPENED)
@public_page()
def door(request: HttpRequest) -> HttpResponse:
    """List and draw the certified places, and lead to what people come for.

    How many may come today stands on the page of each: it takes several queries.
    """
    form = SearchForm(request.GET)
    form.is_valid()
    given = form.cleaned_data
    village, kind = given.get("village", ""), given.get("kind", "")
    rows = register.certified(today(), village=village, kind=kind)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    areas = where({row.region_code for row in page})
    context = {
        "form": form,
        "page": page,
        "query": "?" + urlencode({"village": village, "kind": kind}) + "&",
        "items": [
            {
                "row": row,
                "kind": KINDS[row.kind],
                "where": areas[row.region_code],
                "until": present.until(row.until),
            }
            for row in page
        ],
        "map": None if village else _map(kind),
        "code_form": AnyCodeForm(),
    }
    return render(request, "protocols/door.html", context)


@limited(address=TYPED, everybody=TYPED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def code(request: HttpRequest) -> HttpResponse:
    """Lead to what a code opens: a place, a complaint, or an event."""
    form = AnyCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        found = _opened(typed)
        if found:
            return redirect(found, typed)
        form.unknown()
    status = 422 if form.is_bound else 200
    return render(request, "protocols/code.html", {"form": form}, status=status)


def _opened(typed: str) -> str:
    if register.place_by_code(typed):
        return "protocols:mine"
    if register.complaint_by_code(typed, at=now()):
        return "protocols:complaint"
    if event_by_code(typed, at=now()):
        return "protocols:follow_event"
    return ""


@limited(address=OPENED)
@public_page()
def place(request: HttpRequest, place_id: int) -> HttpResponse:
    """Show a place: how many may come today and why, and what its certificate is worth."""
    row = register.public_place(place_id)
    found = standing.verdict_on(standing.certificate_of(row), today())
    context = {
        "place": row,
        "kind": KINDS[row.kind],
        "where": present.area(row.region_code),
        "room": present.room(register.room_on(row, today())),
        "verdict": _verdict(found),
    }
    return render(request, "protocols/place.html", context)


@limited(address=TYPED, everybody=TYPED_BY_ALL)
@never_cache
@public_page()
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the certificate with a code is worth now.

    A code that is none of ours gets the same page, with the word for that.
    """
    found = standing.verify(code, today())
    certificate = found.certificate
    row = certificate.place if certificate else None
    context = {
        "verdict": _verdict(found),
        "place": row,
        "number": certificate.number if certificate else "",
        "kind": KINDS[row.kind] if row else "",
        "where": present.area(row.region_code) if row else "",
        "room": present.room(register.room_on(row, today())) if row else None,
        "at": now(),
    }
    return render(request, "protocols/verify.html", context)


WORDS = {
    Standing.VALID: gettext_lazy("This certificate is valid"),
    Standing.SUSPENDED: gettext_lazy("This certificate is suspended"),
    Standing.EXPIRED: gettext_lazy("This certificate has expired"),
    Standing.REPLACED: gettext_lazy("This certificate was replaced by a newer one"),
    Standing.WITHDRAWN: gettext_lazy("This certificate was withdrawn"),
    Standing.UNKNOWN: gettext_lazy("We know no certificate with this code"),
}


def _verdict(found: standing.Verdict) -> dict[str, Any]:
    why = present.reason(found.why)
    if found.standing == Standing.REPLACED:
        why = _("The newer one has the number %(number)s.") % {"number": found.why}
    if found.standing == Standing.UNKNOWN:
        why = _("Compare the code with the paper. A paper without a code is none.")
    return {
        "title": WORDS[found.standing],
        "tag": present.standing_tag(found.standing),
        "valid": found.standing == Standing.VALID,
        "known": found.standing != Standing.UNKNOWN,
        "since": found.since,
        "until": present.until(found.certificate.until) if found.certificate else "",
        "why": why,
    }


def _map(kind: str) -> Drawing | None:
    """Draw how many certified places each kecamatan has."""
    here = regency()
    region_map = map_of(here.code) if here else None
    if region_map is None:
        return None
    codes = register.certified(today(), kind=kind).values_list("region_code", flat=True)
    counted = Counter(ancestor(village_of(code), "kecamatan") for code in codes)
    colours = shades({code: float(count) for code, count in counted.items()})

    def spoken(code: str, name: str) -> str:
        words = ngettext(
            "%(n)s certified place", "%(n)s certified places", counted[code]
        )
        return f"{name}: {words % {'n': whole(counted[code])}}"

    return drawing(
        region_map,
        title=_("Map: certified places"),
        about=_("The darker an area, the more places have a certificate now."),
        url=lambda shape: reverse("region", args=[shape.code]),
        spoken=lambda shape: spoken(shape.code, shape.name),
        shade=lambda shape: colours.get(shape.code, "shade-none"),
    )
