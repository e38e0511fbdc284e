"""The case that the code in an address opens."""

from django.http import Http404

from smartkampung.aid.actions.report import CASE_KIND
from smartkampung.intake.queries import Followed, case_by_code
from smartkampung.kernel.clock import now

__all__ = ["Followed", "followed_or_404"]


def followed_or_404(code: str) -> Followed:
    """Return the report, or answer as for any page that does not exist."""
    found = case_by_code(code, at=now())
    if found is None or found.kind != CASE_KIND:
        raise Http404
    return found
