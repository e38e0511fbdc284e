"""An employer or association answers a question, by the code that it got."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.affected.actions.confirm import answer
from smartkampung.recovery.affected.queries.confirmations import confirmation_by_code
from smartkampung.recovery.affected.rules.course import Answer
from smartkampung.recovery.affected.words import ANSWERS, KINDS
from smartkampung.web.affected.registering import OPENED, OPENED_BY_ALL
from smartkampung.web.free_text import has_a_letter, no_card_number
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page


class WordForm(forms.Form):
    """Yes, not known, or otherwise; and who says so."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Is it so?"),
        choices=list(ANSWERS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one answer.")},
    )
    told_by = forms.CharField(
        label=gettext_lazy("Your name and office"),
        max_length=120,
        validators=[has_a_letter, no_card_number],
        error_messages={
            "required": gettext_lazy("Type your name."),
            "max_length": gettext_lazy("At most 120 letters."),
        },
    )
    note = forms.CharField(
        label=gettext_lazy("A word to the village, if you like"),
        required=False,
        max_length=300,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": gettext_lazy("At most 300 letters.")},
    )

    def given(self) -> dict[str, Any]:
        """Return the answer as the domain takes it."""
        clean = self.cleaned_data
        return {
            "said": Answer(clean["answer"]),
            "told_by": clean["told_by"],
            "note": clean["note"],
        }


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Ask whether it is so, and take the answer once."""
    row = confirmation_by_code(code, at=now())
    if row is None:
        raise Http404
    sent = request.method == "POST"
    form, status = WordForm(request.POST if sent else None), 200
    if sent:
        status = 422
        if form.is_valid():
            try:
                answer(confirmation=row, at=now(), **form.given())
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                messages.success(request, _("Thank you. It is written down."), "ok")
                return redirect("affected:confirm", code)
    context = {
        "row": row,
        "code": code,
        "kind": KINDS[row.kind],
        "said": ANSWERS.get(row.answer, ""),
        "form": form,
    }
    return render(request, "affected/confirm.html", context, status=status)
