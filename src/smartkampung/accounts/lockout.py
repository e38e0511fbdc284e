"""How long a name or an address must wait after wrong passwords.

django-axes counts; names are counted whether or not an account bears them, so that a
lock tells nothing, and are kept as fingerprints, because people type NIKs there.
"""

from datetime import datetime, timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest

from smartkampung.kernel.clock import now
from smartkampung.kernel.sealed import blind_index

Credentials = dict[str, Any] | None
# A whole office may share one address: it has five times the failures of a name.
OFFICE = 5


class Handler(AxesDatabaseHandler):
    """Counts failures by name and, more patiently, by address."""

    def get_failures(
        self, request: HttpRequest, credentials: Credentials = None
    ) -> int:
        """Return the failures that count against the limit of a name."""
        by_name, by_address = (
            attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        return max(by_name, by_address // OFFICE)

    def reset_user_attempts(
        self, request: HttpRequest, credentials: Credentials = None
    ) -> int:
        """Forgive a name that got in. Its address must wait: whoever owns one account
        could otherwise guess at all others for ever."""
        by_name, _ = self.filter_user_attempts(request, credentials)
        count, _ = by_name.delete()
        return int(count)


def fingerprint(request: HttpRequest, credentials: Credentials = None) -> str:
    """Return what stands for a typed name in the counters."""
    typed = (credentials or {}).get("username") or request.POST.get("login", "")
    return blind_index(typed.strip().lower(), "username").hex()


def locked_until(request: HttpRequest, credentials: Credentials) -> datetime:
    """Return the minute from which a locked request may be tried again."""
    handler = AxesProxyHandler.get_implementation()
    limit = settings.AXES_FAILURE_LIMIT
    last: list[datetime] = []
    attempts = handler.get_user_attempts(request, credentials)
    for rows, most in zip(attempts, (limit, limit * OFFICE), strict=True):
        found = rows.aggregate(sum=Sum("failures_since_start"), at=Max("attempt_time"))
        if (found["sum"] or 0) >= most:
            last.append(found["at"])
    free = max(last, default=now()) + settings.AXES_COOLOFF_TIME
    return free.replace(second=0, microsecond=0) + timedelta(minutes=1)
