"""A look at somebody who recovered one, three or six months ago."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission as P
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.affected.actions.follow_up import Outcome, answer_follow_up
from smartkampung.recovery.affected.queries.records import file_for, follow_up_for
from smartkampung.recovery.affected.words import OUTCOMES
from smartkampung.web.affected import present
from smartkampung.web.free_text import no_card_number
from smartkampung.web.pages import StaffRequest, staff_page


class LookForm(forms.Form):
    """What the look found."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("How is the person doing?"),
        choices=list(OUTCOMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one answer.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=300,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": gettext_lazy("At most 300 letters.")},
    )


@staff_page(P.AFFECTED_VERIFY, "GET", "POST")
def follow_up(request: StaffRequest, follow_up_id: int) -> HttpResponse:
    """Show who recovered and what they told, and write down what the look found."""
    row = follow_up_for(request.actor, follow_up_id)
    sent = request.method == "POST"
    form, status = LookForm(request.POST if sent else None), 200
    if sent:
        status = 422
        if form.is_valid():
            try:
                again = answer_follow_up(
                    follow_up=row,
                    outcome=Outcome(form.cleaned_data["outcome"]),
                    note=form.cleaned_data["note"],
                    by=request.actor,
                    at=now(),
                )
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                messages.success(request, _("Written down."), "ok")
                target = again or row.affected
                return redirect("affected_staff:record", target.pk)
    file = file_for(request.actor, row.affected_id, P.AFFECTED_VERIFY)
    context = {
        "row": row,
        "case": file.case,
        "person": file.case.person,
        "facts": present.facts(file.case),
        "situations": present.situations(file),
        "outcome": OUTCOMES.get(row.outcome, ""),
        "form": form,
    }
    return render(request, "affected/follow_up.html", context, status=status)
