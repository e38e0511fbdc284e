"""Records that were merged, and how to part them again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smartkampung.accounts.roles import Permission
from smartkampung.duplicates import actions, queries
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.residents.queries import note_looks
from smartkampung.web.duplicates.forms import ReasonForm
from smartkampung.web.duplicates.review import PAGE_SIZE, pair_page
from smartkampung.web.pages import StaffRequest, staff_page

DECIDE = Permission.DUPLICATES_DECIDE


@staff_page(DECIDE)
def merges(request: StaffRequest) -> HttpResponse:
    """List the merges of the officer's area, the newest first."""
    page = Paginator(queries.merges_for(request.actor), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    people = {person for row in page for person in (row.survivor, row.absorbed)}
    note_looks(request.actor, people, purpose="resident.duplicates", permission=DECIDE)
    return render(request, "duplicates/merges.html", {"page": page})


@staff_page(DECIDE, "POST")
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Part two merged records again; say what was changed since and stays."""
    merge = queries.merge_for(request.actor, pk)
    form = ReasonForm(request.POST)
    review = queries.pair_for(request.actor, merge.pair_id)
    if not form.is_valid():
        return pair_page(request, review, form, status=422)
    try:
        kept = actions.undo_merge(
            merge=merge, reason=form.cleaned_data["reason"], by=request.actor, at=now()
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return pair_page(request, review, form, status=409)
    messages.success(request, _("Both records are as they were before."))
    if kept:
        messages.warning(request, _kept_words(len(kept)))
    return redirect("duplicates:pair", merge.pair_id)


def _kept_words(count: int) -> str:
    return ngettext(
        "%(count)d value was changed since the merge and was left as it is now. The list"
        " below shows of what.",
        "%(count)d values were changed since the merge and were left as they are now. The"
        " list below shows of what.",
        count,
    ) % {"count": count}
