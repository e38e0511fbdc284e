"""The letter about a place in a ranking, and the page that proves it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.wording import long_day, whole
from smartkampung.recovery.targeting.queries.letters import issued, mark_of
from smartkampung.recovery.targeting.queries.outcome import priority_of
from smartkampung.recovery.targeting.queries.people import standing_or_404
from smartkampung.recovery.targeting.queries.scenarios import State, scenario_or_404
from smartkampung.recovery.targeting.rules.priority import Last
from smartkampung.recovery.targeting.words import points
from smartkampung.regions.codes import village_of
from smartkampung.regions.queries import names
from smartkampung.web.letterhead import letter_answer
from smartkampung.web.pages import StaffRequest, public_page, staff_page
from smartkampung.web.targeting.people import explained


@staff_page(Permission.AFFECTED_VIEW)
def letter(request: StaffRequest, pk: UUID, place: int) -> HttpResponse:
    """Return the letter about a place as a PDF."""
    row = scenario_or_404(pk)
    if row.state != State.APPROVED or row.approved_at is None:
        raise Http404
    found = standing_or_404(request.actor, row, place)
    told = explained(row, found)
    village = village_of(found.named.region_code)
    yes = (
        _("You have a place.") if told["chosen"] else _("You have no place this time.")
    )
    where = request.build_absolute_uri(reverse("grievance:choose"))
    verify = reverse("targeting_public:verify", args=[mark_of(found.row.pk)])
    return letter_answer(
        title=_("Letter about your place in “%(name)s”") % {"name": row.name},
        told={
            _("For"): found.named.person.name,
            _("Village"): names([village]).get(village, ""),
            _("Result"): yes,
            _("Rank"): whole(place),
            _("Score"): _("%(score)s of at most %(most)s") % told,
            _("Why"): told["why"],
            _("Approved on"): long_day(row.approved_at),
            **_lot(row, found.row),
        },
        link=request.build_absolute_uri(verify),
        note=_(
            "Is something here not right, for example your income? Tell the village"
            " office, or write at %(address)s. It costs nothing."
        )
        % {"address": where},
        by=request.actor.username,
        at=now(),
        lines=[_line(part) for part in told["parts"]],
    )


@public_page()
def verify(request: HttpRequest, mark: str) -> HttpResponse:
    """Say what a letter of ours says, without a name, to compare with the paper."""
    found = issued(mark)
    if found is None:
        raise Http404
    context = {
        "name": found.scenario.name,
        "place": whole(found.place),
        "score": points(found.score),
        "chosen": found.chosen,
        "approved_at": found.scenario.approved_at,
    }
    return render(request, "targeting/verify.html", context)


def _line(part: dict[str, Any]) -> dict[str, str]:
    mark = _("%(points)s of %(cap)s") % part
    return {"mark": mark, "text": part["label"], "fact": part["known"]}


def _lot(row: Any, ranked: Any) -> dict[str, str]:
    if priority_of(row).last is not Last.LOT:
        return {}
    number = ranked.affected_id or ranked.family_id
    return {_("Number in the lottery"): str(number), _("Seed"): row.seed}
