"""Letters to families that a village list leaves out, and the page that proves one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.cycles.queries.letters import (
    ListLetter,
    list_issued,
    open_list_letter,
    own_list_letter,
)
from smartkampung.aid.cycles.words import REASONS
from smartkampung.kernel.clock import now
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import long_day, whole
from smartkampung.regions.queries import names
from smartkampung.web.aid_cycles.words import PROPOSALS
from smartkampung.web.aid_staff.blocks import reasons
from smartkampung.web.letterhead import letter_answer
from smartkampung.web.pages import (
    ResidentRequest,
    StaffRequest,
    public_page,
    resident_page,
    staff_page,
)


@staff_page(Permission.CYCLE_VIEW)
def letter(request: StaffRequest, proposal_id: int) -> HttpResponse:
    """Return the letter about a proposal, for who comes to the office."""
    found = open_list_letter(request.actor, proposal_id)
    return _paper(request, found, by=request.actor.username)


@resident_page()
def own(request: ResidentRequest, proposal_id: int) -> HttpResponse:
    """Return the letter about a proposal to the family itself."""
    return _paper(request, own_list_letter(request.subject.family_id, proposal_id))


@public_page()
def verify(request: HttpRequest, mark: str) -> HttpResponse:
    """Say what a letter of ours says, to compare it with the paper."""
    found = list_issued(mark)
    if found is None:
        raise Http404
    context = {
        "letter": found,
        "programme": either(found.programme, found.programme_en),
        "state": PROPOSALS[found.state][0],
        "place": names([found.village_code]).get(found.village_code, ""),
    }
    return render(request, "aid_cycles/verify_letter.html", context)


def _paper(request: HttpRequest, found: ListLetter, *, by: str = "") -> HttpResponse:
    row, event = found.proposal, found.event
    village = row.village_list
    programme = village.cycle.programme
    # A letter lies about in a house: it names the aid, not its component.
    told = event.reasons, event.blocked_by
    where = request.build_absolute_uri(reverse("grievance:choose"))
    address = reverse("list_letters:verify", args=[found.mark])
    return letter_answer(
        title=_("Letter about a village list, no. %(number)s") % {"number": row.pk},
        told={
            _("For"): row.person.name,
            _("Village"): names([village.village_code]).get(village.village_code, ""),
            _("Programme"): either(programme.name, programme.name_en),
            _("Cycle"): village.cycle.name,
            _("Decision"): PROPOSALS[row.state][0],
            _("Decided on"): long_day(event.at),
            _("Reasons"): " ".join(reasons(REASONS, *told, components=False)),
            _("Note"): event.note,
            _("Place among those who wait"): whole(row.place) if row.place else "",
        },
        link=request.build_absolute_uri(address),
        note=_(
            "Is this wrong? Tell it at %(address)s with the number of this letter, or go"
            " to the village office. Somebody else looks again. It costs nothing."
        )
        % {"address": where},
        by=by,
        at=now(),
    )
