"""Sessions: one query answers who asks and with which rights."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.shortcuts import get_object_or_404

from smartkampung.accounts.models import Session, Staff
from smartkampung.accounts.queries.actors import posts_from
from smartkampung.accounts.queries.holding import GIVES_RIGHTS

_STAFF = [field.attname for field in Staff._meta.concrete_fields]
# Rights are read on every request, so session, account and offices come as one row:
# one's own offices first, then those of whom one stands in for.
_READ = f"""
SELECT s.id, s.data, s.begun_at, s.last_seen_at, s.expires_at,
  (SELECT json_agg(json_build_array(a.id, a.role, coalesce(a.region_id, v.village_id),
                                    who.instead_of) ORDER BY who.instead_of, a.id)
   FROM (SELECT s.staff_id AS holder, '' AS instead_of
         UNION ALL
         SELECT c.absent_id, away.username
         FROM accounts_cover c JOIN accounts_staff away ON away.id = c.absent_id
         WHERE c.stand_in_id = s.staff_id AND c.ended_at IS NULL AND away.is_active
           AND c.agreed_at IS NOT NULL
           AND c.since <= %(on)s AND c.until > %(on)s) AS who
   JOIN accounts_assignment a ON a.staff_id = who.holder
   LEFT JOIN regions_servedvillage v ON v.centre_id = a.health_centre_id
   WHERE {GIVES_RIGHTS}),
  {", ".join(f"staff.{name}" for name in _STAFF)}
FROM accounts_session s LEFT JOIN accounts_staff staff ON staff.id = s.staff_id
WHERE s.key_hash = %(key)s AND s.expires_at > %(at)s
"""


@dataclass(frozen=True)
class LiveSession:
    """A session that has not expired, and whose it is."""

    id: int
    data: bytes
    begun_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    staff: Staff | None


@dataclass(frozen=True)
class SessionLine:
    """A session as its owner sees it in the list."""

    id: int
    browser: str
    address: str | None
    begun_at: datetime
    last_seen_at: datetime
    current: bool


def live_session(key_hash: bytes, *, at: datetime) -> LiveSession | None:
    """Return the session of a cookie with its account and today's rights, if alive."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, {"key": key_hash, "at": at, "on": at.date()})
        row: tuple[Any, ...] | None = cursor.fetchone()
    if row is None:
        return None
    id_, data, begun_at, last_seen_at, expires_at, offices, *columns = row
    staff = None
    if columns[0] is not None:
        staff = Staff.from_db("default", _STAFF, columns)
        held = offices or []
        lent = {key: absent for key, _, _, absent in held if absent}
        staff.posts_read = posts_from((row[:3] for row in held), lent=lent)
    return LiveSession(id_, bytes(data), begun_at, last_seen_at, expires_at, staff)


def sessions_of(
    staff: Staff, *, at: datetime, current: bytes = b""
) -> list[SessionLine]:
    """Return where an account is signed in, the latest first."""
    rows = Session.objects.filter(staff=staff, expires_at__gt=at)
    return [
        SessionLine(
            id=row.pk,
            browser=row.browser,
            address=row.address,
            begun_at=row.begun_at,
            last_seen_at=row.last_seen_at,
            current=bytes(row.key_hash) == current,
        )
        for row in rows.order_by("-last_seen_at")
    ]


def own_session(staff: Staff, session_id: int) -> Session:
    """Return one session of this very account, or raise Http404."""
    return get_object_or_404(Session, staff=staff, pk=session_id)
