"""Follow a grievance by its code: where it is, what was asked, what was decided."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from smartkampung.aid.grievances.actions.telling import appeal, may_appeal, reply
from smartkampung.aid.grievances.queries import by_code
from smartkampung.aid.grievances.rules import APPEAL_WITHIN, State
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_grievances import present
from smartkampung.web.aid_grievances.forms import (
    AppealForm,
    GrievanceCodeForm,
    ReplyForm,
)
from smartkampung.web.aid_grievances.telling import (
    OPENED,
    OPENED_BY_ALL,
    SENT,
    SENT_BY_ALL,
)
from smartkampung.web.code_door import Door, at_the_door
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page

DOOR = Door(
    title=gettext_lazy("Follow a grievance"),
    form=GrievanceCodeForm,
    opens=lambda code: by_code(code, at=now()),
    leads_to="grievance:follow",
    back=("grievance:choose", gettext_lazy("Tell a grievance")),
)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def find(request: HttpRequest) -> HttpResponse:
    """Ask for a code; one that opens something leads there."""
    return at_the_door(request, DOOR)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Show where a grievance is, and not what was told."""
    return _page(request, code, _row(code))


@limited(address=SENT, everybody=SENT_BY_ALL)
@never_cache
@public_page("POST")
def speak(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the officer's question, or ask for a second look."""
    row = _row(code)
    asked = row.state == State.ASKED
    form = (ReplyForm if asked else AppealForm)(request.POST)
    if not form.is_valid():
        return _page(request, code, row, form, status=422)
    try:
        (reply if asked else appeal)(
            grievance=row, words=form.cleaned_data["words"], at=now()
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, code, row, form, status=409)
    messages.success(request, _("Thank you. It is written down."), "ok")
    return redirect("grievance:follow", code)


def _row(code: str) -> Any:
    row = by_code(code, at=now())
    if row is None:
        raise Http404
    return row


def _page(
    request: HttpRequest,
    code: str,
    row: Any,
    form: ReplyForm | AppealForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    asked, again = row.state == State.ASKED, may_appeal(row, at=now())
    if form is None:
        form = ReplyForm() if asked else AppealForm() if again else None
    context = {
        "code": code,
        "row": row,
        "tag": present.tag(row),
        "facts": present.facts(row),
        "steps": present.timeline(row, at=now()),
        "remedy": present.remedy(row),
        "asked": asked,
        "again": again,
        "until": row.decided_at + APPEAL_WITHIN if again else None,
        "form": form,
    }
    return render(request, "aid_grievances/follow.html", context, status=status)
