"""One page for every form about a pilot."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from smartkampung.web.pages import StaffRequest
from smartkampung.web.pilots import present


def form_page(
    request: StaffRequest,
    row: Any,
    form: forms.Form,
    title: str,
    *,
    status: int = 200,
    **told: Any,
) -> HttpResponse:
    """Show a form about a pilot, under its village."""
    context = {
        "row": row,
        "place": present.where([row.village_id])[row.village_id],
        "tag": present.tag(row.state),
        "form": form,
        "title": title,
        **told,
    }
    return render(request, "pilots/form.html", context, status=status)
