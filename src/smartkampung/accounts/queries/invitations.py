"""Whose link this is."""

from datetime import datetime

from smartkampung.accounts.keys import key_hash
from smartkampung.accounts.models import Invitation


def invitation_for(text: str, *, at: datetime) -> Invitation | None:
    """Return the open invitation that a link belongs to, or None."""
    rows = Invitation.objects.filter(
        token_hash=key_hash(text),
        closed_at=None,
        expires_at__gt=at,
        staff__is_active=True,
    )
    return rows.select_related("staff").first()
