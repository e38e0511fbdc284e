"""The list with which everybody can draw the lots of a scenario again."""

import csv
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from smartkampung.recovery.targeting.queries.letters import lottery_rows
from smartkampung.web.pages import public_page


@public_page()
def lottery(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return tier, number and place of everybody, without names; 404 where no lot is."""
    found = lottery_rows(pk)
    if found is None:
        raise Http404
    seed, rows = found
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="lottery-{pk}.csv"'
    answer["X-Lottery-Seed"] = seed.encode("ascii", "replace").decode()
    writer = csv.writer(answer)
    writer.writerow(["tier", "number", "place"])
    writer.writerows(rows)
    return answer
