"""Health, readiness and measurements."""

from hmac import compare_digest
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from smartkampung.kernel.clock import now
from smartkampung.kernel.measures import exposition
from smartkampung.kernel.queue import ALIVE, last_heartbeat, queue_facts
from smartkampung.kernel.schema import pending_migrations
from smartkampung.notify.queries import counts_by_state
from smartkampung.web.pages import machine_page

LOOPBACK = {"127.0.0.1", "::1", ""}
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")


@machine_page
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; touches nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@machine_page
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether requests can be served: the database is there and up to date.

    A missing worker is told but is no reason to turn people away: their requests are
    accepted and wait.
    """
    try:
        facts = {"database": True, "migrated": _migrated(), "worker": _worker_alive()}
    except DatabaseError:
        facts = {"database": False, "migrated": False, "worker": False}
    ready = facts["database"] and facts["migrated"]
    return JsonResponse({"ready": ready, **facts}, status=200 if ready else 503)


@machine_page
def metrics(request: HttpRequest) -> HttpResponse:
    """Show measurements to this machine, or to who holds the token."""
    if not _may_measure(request):
        raise Http404
    facts = {**queue_facts(at=now()), "messages": counts_by_state()}
    return HttpResponse(exposition(facts), content_type="text/plain; version=0.0.4")


def _may_measure(request: HttpRequest) -> bool:
    # A proxy on this machine also comes from loopback: it says for whom it asks.
    forwarded = any(header in request.headers for header in FORWARDED)
    if request.META.get("REMOTE_ADDR", "") in LOOPBACK and not forwarded:
        return True
    token = settings.METRICS_TOKEN
    said = request.headers.get("Authorization", "")
    return bool(token) and compare_digest(said.encode(), f"Bearer {token}".encode())


def _worker_alive() -> bool:
    beat = last_heartbeat()
    return beat is not None and now() - beat < ALIVE


_seen: dict[str, Any] = {}


def _migrated() -> bool:
    connection.ensure_connection()
    # Asked until the answer is yes: a schema does not go backwards under a server.
    if not _seen.get("migrated"):
        _seen["migrated"] = not pending_migrations()
    return bool(_seen["migrated"])
