"""The letter that says what the village decided about a registration, and why."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission as P
from smartkampung.kernel.clock import now
from smartkampung.kernel.wording import long_day
from smartkampung.recovery.affected.queries.letters import decided, mark_of
from smartkampung.recovery.affected.queries.records import file_for
from smartkampung.recovery.affected.words import KINDS, REASONS
from smartkampung.regions.codes import village_of
from smartkampung.regions.queries import names
from smartkampung.web.letterhead import letter_answer
from smartkampung.web.pages import StaffRequest, public_page, staff_page


@staff_page(P.AFFECTED_VERIFY)
def letter(request: StaffRequest, affected_id: int) -> HttpResponse:
    """Return the letter about the latest decision; 404 before there is one."""
    file = file_for(request.actor, affected_id, P.AFFECTED_VERIFY)
    if not file.verdicts:
        raise Http404
    case, verdict = file.case, file.verdicts[-1]
    place = village_of(case.region_code)
    reasons = [str(REASONS[code]) for code in verdict.reasons]
    told = {
        _("For"): case.person.name,
        _("Village"): names([place]).get(place, ""),
        _("What happened"): KINDS[case.kind],
        _("Since"): long_day(case.happened_on),
        _("Decision"): _("Taken on the list")
        if verdict.accepted
        else _("Not taken on the list"),
        _("Decided on"): long_day(verdict.decided_at),
        _("Reasons"): "; ".join(reasons),
        _("Note"): verdict.note,
    }
    if verdict.accepted:
        note = _(
            "Tell how you are doing with the code of your registration, or at the"
            " village office."
        )
    else:
        note = _(
            "When this is wrong or something changes, register again or ask at the"
            " village office. It costs nothing, and everything is looked at anew."
        )
    return letter_answer(
        title=_("Letter about a registration for recovery, no. %(number)s")
        % {"number": case.pk},
        told={name: value for name, value in told.items() if value},
        link=_proof(request, mark_of(verdict)),
        note=note,
        by=request.actor.username,
        at=now(),
    )


@public_page()
def verify(request: HttpRequest, mark: str) -> HttpResponse:
    """Say what a letter of ours says, to compare it with the paper."""
    found = decided(mark)
    if found is None:
        raise Http404
    place = village_of(found.region_code)
    context = {
        "letter": found,
        "kind": KINDS[found.kind],
        "place": names([place]).get(place, ""),
    }
    return render(request, "affected/verify_letter.html", context)


def _proof(request: HttpRequest, mark: str) -> str:
    return request.build_absolute_uri(reverse("affected_letters:verify", args=[mark]))
