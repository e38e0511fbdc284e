"""The case that the code in an address opens."""

from django.http import Http404

from smartkampung.intake.queries import Followed, case_by_code
from smartkampung.kernel.clock import now

__all__ = ["Followed", "followed_or_404"]


def followed_or_404(code: str) -> Followed:
    """Return the case, or answer as for any page that does not exist."""
    found = case_by_code(code, at=now())
    if found is None:
        raise Http404
    return found
