"""Take in a file that somebody saved because their phone could not send."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission
from smartkampung.frontline.field.actions.rescuing import Taking, take_rescue_file
from smartkampung.frontline.field.rules.arriving import State
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.pages import StaffRequest, staff_page

MOST_BYTES = 60 * 1024 * 1024


class RescueForm(forms.Form):
    """The file of the phone."""

    file = forms.FileField(
        label=gettext_lazy("Rescue file"),
        help_text=gettext_lazy(
            "Its name begins with “smart-kampung-” and ends with “.json”. Up to 60 MB."
        ),
        error_messages={
            "required": gettext_lazy("Choose the file that the phone saved."),
            "empty": gettext_lazy("This file is empty. Save it again on the phone."),
        },
    )

    def clean_file(self) -> Any:
        """Refuse what no phone of ours saves."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("This file is larger than 60 MB. Ask who runs the system to help.")
            )
        return file


@staff_page(Permission.FIELD_REVIEW, "GET", "HEAD", "POST")
def rescue(request: StaffRequest) -> HttpResponse:
    """Ask for the file, take it in, and say what came of it."""
    if request.method != "POST":
        return _page(request, RescueForm())
    form = RescueForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        content = form.cleaned_data["file"].read()
        taking = take_rescue_file(content=content, by=request.actor, at=now())
    except Refused as refusal:
        form.add_error("file", str(refusal.message))
        return _page(request, form, status=422)
    return _page(request, RescueForm(), told=_told(taking))


def _page(
    request: StaffRequest, form: RescueForm, *, told: Any = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "told": told}
    return render(request, "field/rescue.html", context, status=status)


def _told(taking: Taking) -> list[tuple[str, int]]:
    waiting = sum(taking.states.get(state, 0) for state in (State.REVIEW, State.HELD))
    lines = [
        (_("Forms that are written down"), taking.states.get(State.DONE, 0)),
        (_("Forms that wait for a colleague"), waiting),
        (_("Forms that a colleague set aside"), taking.states.get(State.SET_ASIDE, 0)),
        (_("Half forms, shown to a colleague"), taking.drafts),
        (_("Photos and signatures"), taking.photos),
        (_("Files that are no picture"), taking.unreadable),
        (_("Not taken in yet: bring the same file again later"), taking.left),
    ]
    return [line for line in lines if line[1]]
