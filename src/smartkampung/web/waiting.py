"""A fair waiting page: who comes while too many write gets a place in a later minute.

The place is taken at once, by counting a hit in that minute: whoever comes then finds it
taken. A signed ticket holds it, and the page carries what was typed, so that nothing is
written anew. Nobody who came later goes first, and nobody is turned away by an error.
"""

from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from smartkampung.intake.actions.limits import count_hit
from smartkampung.intake.rules import Limit

EVERYBODY = "everybody"
TICKET = "ticket"
FURTHER = 5  # windows that are tried after the one where a place should be
LATE = timedelta(minutes=30)  # so long after its turn a ticket still counts
SALT = "web.waiting"


def has_room(limit: Limit, request: HttpRequest, at: datetime) -> HttpResponse | None:
    """Count a request; return nothing when it may go on, else the page to wait on."""
    turn = _turn_on(request, limit)
    if turn is None:
        hits = count_hit(limit, key=EVERYBODY, at=at)
        if hits <= limit.count:
            return None
        turn = _place_after(limit, hits, at)
    elif turn <= at < turn + LATE and _first_use(request, limit, at):
        return None
    return _page(request, limit, turn, at)


def _place_after(limit: Limit, hits: int, at: datetime) -> datetime:
    """Take the first place in the windows to come; return when it begins."""
    ahead = (hits - 1) // limit.count
    start = limit.window_start(at) + limit.window * ahead
    for _further in range(FURTHER):
        if count_hit(limit, key=EVERYBODY, at=start) <= limit.count:
            break
        start += limit.window
    return start


def _turn_on(request: HttpRequest, limit: Limit) -> datetime | None:
    """Return the turn on the ticket that came along; None without a true one."""
    try:
        scope, _mark, start = Signer(salt=SALT).unsign(_ticket(request)).partition("|")
    except BadSignature:
        return None
    return datetime.fromtimestamp(int(start), UTC) if scope == limit.scope else None


def _first_use(request: HttpRequest, limit: Limit, at: datetime) -> bool:
    """Say whether a ticket was used no more than a bad connection asks for."""
    uses = Limit(f"{limit.scope[:30]}.used", 3, timedelta(hours=1))
    return count_hit(uses, key=_ticket(request), at=at) <= uses.count


def _ticket(request: HttpRequest) -> str:
    sent = request.POST if request.method == "POST" else request.GET
    return sent.get(TICKET, "")


def _page(
    request: HttpRequest, limit: Limit, turn: datetime, at: datetime
) -> HttpResponse:
    post = request.method == "POST"
    sent = request.POST if post else request.GET
    left_out = {TICKET, "csrfmiddlewaretoken"}
    context = {
        "post": post,
        "turn": turn,
        "ticket": Signer(salt=SALT).sign(f"{limit.scope}|{int(turn.timestamp())}"),
        "fields": [
            (name, value)
            for name, values in sent.lists()
            if name not in left_out
            for value in values
        ],
    }
    response = render(request, "report/waiting.html", context, status=429)
    response["Retry-After"] = str(max(1, int((turn - at).total_seconds())))
    response["Cache-Control"] = "no-store"
    return response
