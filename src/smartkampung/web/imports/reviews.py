"""What an import would not guess: the list, the two sides, the decision."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.regions.queries import names
from smartkampung.residents.imports import queries, words
from smartkampung.residents.imports.reviews import CHOICES, decide_review, may_decide
from smartkampung.web.imports.forms import DecisionForm
from smartkampung.web.imports.sides import two_sides
from smartkampung.web.pages import StaffRequest, staff_page

MAY = Permission.REGISTRY_IMPORT
LISTED = 25


@staff_page(MAY)
def reviews(request: StaffRequest) -> HttpResponse:
    """List what waits for a decision, the oldest first."""
    rows = Paginator(queries.open_reviews(request.actor), LISTED)
    page = rows.get_page(request.GET.get("page"))
    places = names({review.region_code for review in page})
    lines = [
        {
            "pk": case.review.pk,
            "name": case.draft.get("name", ""),
            "why": words.REVIEWS[case.review.kind],
            "place": places.get(case.review.region_code, ""),
            "opened_at": case.review.opened_at,
        }
        for case in queries.cases(request.actor, list(page))
    ]
    return render(request, "imports/reviews.html", {"lines": lines, "page": page})


@staff_page(MAY, "GET", "HEAD", "POST")
def review(request: StaffRequest, pk: int) -> HttpResponse:
    """Show both sides of a contradiction and take the decision."""
    case = queries.case_for(request.actor, pk)
    posted = request.POST if request.method == "POST" else None
    form = DecisionForm(posted, decisions=_choices(request, case))
    if posted is None:
        return _page(request, case, form)
    if not form.is_valid():
        return _page(request, case, form, status=422)
    try:
        decide_review(
            review=case.review, by=request.actor, at=now(), **form.cleaned_data
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, case, form, status=409)
    messages.success(request, _("The decision is written down."))
    return redirect("imports:reviews")


def _choices(request: StaffRequest, case: queries.Case) -> list[tuple[str, Any]]:
    """Only what this officer may decide is offered; leaving things is always open."""
    return [
        (decision.value, words.DECISIONS[decision])
        for decision in CHOICES[case.review.kind]
        if may_decide(case.review, decision.value, request.actor)
    ]


def _page(
    request: StaffRequest, case: queries.Case, form: DecisionForm, *, status: int = 200
) -> HttpResponse:
    review = case.review
    context = {
        "review": review,
        "why": words.REVIEWS[review.kind],
        "sides": two_sides(request.actor, case),
        "name": case.draft.get("name", ""),
        "person": case.person,
        "elsewhere": review.other_region and case.person is None,
        "decision": words.DECISIONS.get(review.decision, ""),
        "form": form,
    }
    response = render(request, "imports/review.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
