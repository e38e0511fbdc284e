"""Two records side by side: one person, two, or not to be told yet."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.duplicates import actions, queries
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.residents.queries import contest_for, note_looks
from smartkampung.web.duplicates import present
from smartkampung.web.duplicates.forms import PairForm, ReasonForm
from smartkampung.web.duplicates.words import likelihood
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people.benefits import benefits_card

DECIDE = Permission.DUPLICATES_DECIDE
DIFFERENT, LATER = "different", "later"
PAGE_SIZE = 25


@staff_page(DECIDE)
def pairs(request: StaffRequest) -> HttpResponse:
    """List the pairs that wait for a decision, the likeliest first."""
    page = Paginator(queries.open_pairs(request.actor), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    people = {person for pair in page for person in (pair.first, pair.second)}
    note_looks(request.actor, people, purpose="resident.duplicates", permission=DECIDE)
    context = {"items": present.rows(page), "page": page}
    return render(request, "duplicates/pairs.html", context)


@staff_page(DECIDE, "GET", "POST")
def pair(request: StaffRequest, pk: int) -> HttpResponse:
    """Show both records field by field, and take the decision."""
    review = queries.pair_for(request.actor, pk)
    data = request.POST if request.method == "POST" else None
    form = PairForm(data, outcomes=_outcomes(review))
    if data is None:
        return pair_page(request, review, form)
    if not form.is_valid():
        return pair_page(request, review, form, status=422)
    try:
        _decide(request, review, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return pair_page(request, review, form, status=409)
    messages.success(request, _("The decision is written down."))
    return redirect("duplicates:pairs")


@staff_page(Permission.NIK_CLAIM_DECIDE, "POST")
def contested(request: StaffRequest, pk: int) -> HttpResponse:
    """Compare the two who claim one NIK: they may be one person."""
    contest = contest_for(request.actor, pk)
    if contest.holder is None:
        raise Http404
    found = actions.compare(
        one=contest.claimant, other=contest.holder, by=request.actor, at=now()
    )
    return redirect("duplicates:pair", found.pk)


def _decide(
    request: StaffRequest, review: queries.Review, *, outcome: str, reason: str
) -> None:
    common: dict[str, Any] = {"reason": reason, "by": request.actor, "at": now()}
    if outcome == DIFFERENT:
        actions.decide_different(pair=review.pair, **common)
    elif outcome == LATER:
        actions.decide_later(pair=review.pair, **common)
    else:
        actions.merge_people(pair=review.pair, survivor_id=int(outcome), **common)


def _outcomes(review: queries.Review) -> list[tuple[str, Any]]:
    records = zip("AB", review.people, strict=True)
    return [
        *(
            (
                str(person.pk),
                _("One person. Record %(letter)s stands: %(name)s")
                % {"letter": letter, "name": person.name},
            )
            for letter, person in records
        ),
        (DIFFERENT, _("Two people. Do not ask again")),
        (LATER, _("I cannot tell. Ask the office above")),
    ]


def pair_page(
    request: StaffRequest,
    review: queries.Review,
    form: PairForm | ReasonForm,
    *,
    status: int = 200,
) -> HttpResponse:
    """Show a pair with the form that is to be filled in next."""
    words, state = likelihood(review.pair.weight)
    actor = request.actor
    people = [
        {
            "letter": letter,
            "person": person,
            "standing": present.standing(review, person),
            "aid": benefits_card(actor, person.family_id, person, on=today()),
        }
        for letter, person in zip("AB", review.people, strict=True)
    ]
    context = {
        "pair": review.pair,
        "people": people,
        "fields": present.comparison(actor, review),
        "likelihood": words,
        "state": state,
        "form": form,
        "merge": review.merge,
        "latest": review.latest,
        "moved": present.moved(review.latest) if review.latest else [],
    }
    return render(request, "duplicates/pair.html", context, status=status)
