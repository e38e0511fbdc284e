"""Whoever filled a form in puts right what a colleague sent back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.frontline.field.actions import mending
from smartkampung.frontline.field.actions.mending import CannotMend
from smartkampung.frontline.field.queries.records import own_records, own_sent_back
from smartkampung.frontline.field.queries.showing import (
    in_words,
    lines_of,
    title_of,
    to_mend,
)
from smartkampung.frontline.field.rules.arriving import State
from smartkampung.frontline.field.rules.reading import Question, Type
from smartkampung.frontline.field.words import reworded
from smartkampung.kernel.clock import now
from smartkampung.kernel.language import either
from smartkampung.web.field.review import attributes
from smartkampung.web.pages import StaffRequest, staff_page

MOST = 200
YES, NO = "yes", "no"


class MendForm(forms.Form):
    """The questions whose answer cannot be taken, once more."""

    def __init__(self, *args: Any, wrong: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wrong = wrong
        for one in wrong:
            self.fields[one.name] = _field(one)

    @property
    def instead(self) -> dict[str, Any]:
        """Return the answers as the phone would have sent them."""
        given = self.cleaned_data
        told = {YES: True, NO: False}
        return {
            one.name: told.get(given[one.name], "")
            if one.type is Type.BOOL
            else given[one.name].strip()
            for one in self.wrong
        }


def _field(question: Question) -> forms.Field:
    label, helps = in_words(question.label), question.help
    given: dict[str, Any] = {
        "label": label,
        "required": question.required,
        "help_text": in_words(helps) if helps else "",
        "error_messages": {"required": _("Please answer this.")},
    }
    if question.type is Type.BOOL:
        choices = [("", _("Choose")), (YES, _("Yes")), (NO, _("No"))]
        return forms.ChoiceField(choices=choices, **given)
    if question.type is Type.CHOICE:
        offered = [(code, in_words(words)) for code, words in question.choices]
        return forms.ChoiceField(choices=[("", _("Choose")), *offered], **given)
    widget = forms.TextInput(attrs=attributes(question))
    return forms.CharField(max_length=1000, widget=widget, **given)


@staff_page(Permission.FIELD_APP)
def mine(request: StaffRequest) -> HttpResponse:
    """Open what was sent back, the only one of it or the first on the list."""
    rows = own_records(request.actor.staff_id, most=MOST)
    found = [row for row in rows if row.state == State.SENT_BACK]
    return redirect("field:mend", found[-1].pk) if found else redirect("staff_home")


@staff_page(Permission.FIELD_APP, "GET", "HEAD", "POST")
def mend(request: StaffRequest, record_id: int) -> HttpResponse:
    """Show what was filled in and what is wrong with it, and take the right answers."""
    actor, at = request.actor, now()
    row = own_sent_back(actor.staff_id, record_id)
    wrong = to_mend(row, actor, at=at)
    if request.method != "POST":
        return _page(request, row, MendForm(wrong=wrong))
    form = MendForm(request.POST, wrong=wrong)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        verdict = mending.mend(record_id=row.pk, instead=form.instead, by=actor, at=at)
    except CannotMend as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, form, status=409)
    told = reworded(verdict.words)
    said = either(told.get("id", ""), told.get("en", ""))
    if verdict.result:
        code = _("Code to give to the person: %(code)s") % {"code": verdict.result}
        said = f"{said} {code}"
    messages.success(request, said, "ok")
    return redirect("staff_home")


def _page(
    request: StaffRequest, row: Any, form: MendForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "row": row,
        "title": title_of(row),
        "lines": lines_of(row, request.actor, at=now()),
        "form": form,
    }
    return render(request, "field/mend.html", context, status=status)
