"""NIKs that two people claim: what waits, and the decision."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.residents import queries
from smartkampung.residents.actions import decide_nik_claim
from smartkampung.residents.words import flag_words
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people import present
from smartkampung.web.people.forms import ContestForm

DECIDE = Permission.NIK_CLAIM_DECIDE
KEEPS, TAKES = "holder_keeps", "claimant_takes"


@staff_page(DECIDE)
def nik_claims(request: StaffRequest) -> HttpResponse:
    """List the NIKs that wait for a decision, the oldest first."""
    rows = Paginator(queries.open_nik_claims(request.actor), 25)
    page = rows.get_page(request.GET.get("page"))
    claimants = [claim.claimant for claim in page]
    queries.note_looks(
        request.actor, claimants, purpose="resident.nik_claims", permission=DECIDE
    )
    lines = present.lines(claimants)
    items = [
        {"claim": claim, "line": line} for claim, line in zip(page, lines, strict=True)
    ]
    return render(request, "people/nik_claims.html", {"items": items, "page": page})


@staff_page(DECIDE, "GET", "POST")
def nik_claim(request: StaffRequest, pk: int) -> HttpResponse:
    """Show both records side by side, and take the decision."""
    contest = queries.contest_for(request.actor, pk)
    data = request.POST if request.method == "POST" else None
    form = ContestForm(data, outcomes=_outcomes(contest))
    if data is None:
        return _page(request, contest, form)
    if not form.is_valid():
        return _page(request, contest, form, status=422)
    try:
        decide_nik_claim(
            claim=contest.claim,
            claimant_takes=form.cleaned_data["outcome"] == TAKES,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, contest, form, status=409)
    messages.success(request, _("The decision is written down."))
    return redirect("people:nik_claims")


def _outcomes(contest: queries.Contest) -> list[tuple[str, str]]:
    names = {"claimant": contest.claimant.name}
    if contest.holder is None:
        return [(KEEPS, _("The present holder keeps it"))]
    return [
        (KEEPS, _("%(holder)s keeps it") % {"holder": contest.holder.name}),
        (TAKES, _("It belongs to %(claimant)s") % names),
    ]


def _page(
    request: StaffRequest,
    contest: queries.Contest,
    form: ContestForm,
    *,
    status: int = 200,
) -> HttpResponse:
    holder = contest.holder
    context = {
        "claim": contest.claim,
        "form": form,
        "claimant": contest.claimant,
        "claimant_facts": present.facts(request.actor, contest.claimant),
        "claimant_flags": flag_words(contest.claim.nik_flags),
        "holder": holder,
        "holder_facts": present.facts(request.actor, holder) if holder else [],
        "may_compare": request.actor.may(Permission.DUPLICATES_DECIDE),
        "holder_flags": flag_words(holder.nik_flags) if holder else [],
    }
    return render(request, "people/nik_claim.html", context, status=status)
