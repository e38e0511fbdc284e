"""The page that the code of an invitation opens: read it, accept it, refuse it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.programmes.actions.answering import accept as accept_seat
from smartkampung.recovery.programmes.actions.answering import refuse as refuse_seat
from smartkampung.recovery.programmes.queries.seats import Opened, seat_by_code
from smartkampung.recovery.programmes.rules.states import Pays, SeatState
from smartkampung.web.code_door import Door, at_the_door
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.recovery import present
from smartkampung.web.recovery.forms import RefuseForm
from smartkampung.web.tracking.forms import CodeForm

OPENED = Limit("recovery.opened", 300, timedelta(minutes=10))
OPENED_BY_ALL = Limit("recovery.opened_by_all", 24_000, timedelta(minutes=1))
PUBLIC = "public"


class InvitationCodeForm(CodeForm):
    """The code of an invitation, as read from the SMS or the slip."""

    code_label = gettext_lazy("Code of the invitation")
    code_missing = gettext_lazy("Type the code from the SMS or the slip.")

    def unknown(self) -> None:
        """Say that a well-shaped code opens nothing."""
        self.add_error(
            "code",
            _(
                "We know no invitation with this code. Compare each letter with the"
                " SMS, or ask at the village office."
            ),
        )


DOOR = Door(
    title=gettext_lazy("My invitation"),
    form=InvitationCodeForm,
    opens=lambda code: seat_by_code(code, at=now()),
    leads_to="recovery:case",
    button=gettext_lazy("Show my invitation"),
    back=("recovery_public:programmes", gettext_lazy("Recovery programmes")),
)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def door(request: HttpRequest) -> HttpResponse:
    """Ask for the code of an invitation."""
    return at_the_door(request, DOOR)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Show the offer, until when it can be answered, and where it stands."""
    return _page(request, code, _opened(code), RefuseForm())


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("POST")
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """Take the place."""
    found = _opened(code)
    try:
        accept_seat(seat=found.seat, by=PUBLIC, at=now())
    except Refused as refusal:
        return _refused(request, code, refusal)
    messages.success(request, _("The place is yours. Thank you."), "ok")
    return redirect("recovery:case", code)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("POST")
def refuse(request: HttpRequest, code: str) -> HttpResponse:
    """Give the place to the next in line."""
    found = _opened(code)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, code, found, form, status=422)
    reason = form.cleaned_data["reason"]
    try:
        refuse_seat(seat=found.seat, reason=reason, by=PUBLIC, at=now())
    except Refused as refusal:
        return _refused(request, code, refusal)
    messages.success(request, _("Your answer is written down. Thank you."), "ok")
    return redirect("recovery:case", code)


def _opened(code: str) -> Opened:
    found = seat_by_code(code, at=now())
    if found is None:
        raise Http404
    return found


def _refused(request: HttpRequest, code: str, refusal: Refused) -> HttpResponse:
    found, words = _opened(code), str(refusal.message)
    return _page(request, code, found, RefuseForm(), refusal=words, status=409)


def _page(
    request: HttpRequest,
    code: str,
    found: Opened,
    form: RefuseForm,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    seat, offer = found.seat, found.seat.offer
    state = SeatState(seat.state)
    open_ = state == SeatState.INVITED and now() <= seat.answer_by
    context: dict[str, Any] = {
        "code": code,
        "seat": seat,
        "offer": offer,
        "title": present.title_of(offer),
        "text": present.text_of(offer),
        "kind": present.kind_of(offer),
        "gives": present.gives(offer, seat.amount),
        "days": present.days_of(offer),
        "tag": present.tag_of_seat(state),
        "lines": present.timeline(seat, found.reached, found.milestones),
        "open": open_ and offer.state == "open",
        "earns": offer.pays == Pays.WAGE and bool(found.days),
        "found": found,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "recovery/case.html", context, status=status)
