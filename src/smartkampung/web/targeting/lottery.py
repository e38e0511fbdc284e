"""The list with which everybody can draw the lots of a scenario again."""

import csv
from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from smartkampung.intake.rules import Limit
from smartkampung.recovery.targeting.queries.letters import lottery_of
from smartkampung.web.aid_open.caching import kept_for
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page

FETCHED = Limit("targeting.lottery", 60, timedelta(minutes=10))
FETCHED_BY_ALL = Limit("targeting.lottery_by_all", 600, timedelta(minutes=10))
KEPT_SECONDS = 300


@limited(address=FETCHED, everybody=FETCHED_BY_ALL)
@public_page()
@kept_for(KEPT_SECONDS)
def lottery(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return tier, number and place of everybody, without names; 404 where no lot is.

    From the proposal on, so that everybody can see that the list was there before the
    seed; places are empty until it is drawn.
    """
    found = lottery_of(pk)
    if found is None:
        raise Http404
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="undian-{pk}.csv"'
    answer["X-Lottery-Seed"] = found.seed.encode("ascii", "replace").decode()
    writer = csv.writer(answer, lineterminator="\n")
    writer.writerow(["tier", "number", "place"])
    writer.writerows(found.rows)
    return answer
