"""The page that asks for a code and leads to what it opens: one for all kinds of codes."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.web.tracking.forms import CodeForm

CONTINUE = _("Continue")


@dataclass(frozen=True)
class Door:
    """One door: what it is called, which codes open it, and what lies behind.

    ``leads_to`` is the URL name that takes the code; ``back`` the URL name of the page
    before this one, with what it is called.
    """

    title: Promise
    form: type[CodeForm]
    opens: Callable[[str], object]
    leads_to: str
    button: Promise = CONTINUE
    hint: Promise | str = ""
    back: tuple[str, Promise] | None = None


def at_the_door(
    request: HttpRequest, door: Door, *, template: str = "tracking/code_door.html"
) -> HttpResponse:
    """Ask for a code; one that opens something leads there."""
    form = door.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if door.opens(code) is not None:
            return redirect(door.leads_to, code)
        form.unknown()
    status = 422 if form.is_bound else 200
    context = {"door": door, "form": form}
    return render(request, template, context, status=status)
