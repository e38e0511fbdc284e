"""One page that asks "really?" and for a reason, before something is taken away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from smartkampung.kernel.errors import Refused
from smartkampung.web.accounts.adminforms import ReasonForm
from smartkampung.web.pages import StaffRequest


@dataclass(frozen=True)
class Ask:
    """The words of the question, and the account to return to."""

    title: str
    text: str
    button: str
    back: int

    def answer(
        self, request: StaffRequest, act: Callable[[str], Any], done: str
    ) -> HttpResponse:
        """Show the question, or act on the answer and return to the account."""
        form = ReasonForm(request.POST if request.method == "POST" else None)
        status = 200
        if form.is_valid():
            try:
                act(form.cleaned_data["reason"])
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                messages.success(request, done)
                return redirect("account", self.back)
        elif form.is_bound:
            status = 422
        context = {"form": form, "ask": self}
        return render(request, "accounts/ask.html", context, status=status)
