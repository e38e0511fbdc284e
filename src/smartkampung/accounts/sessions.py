"""The session engine: sealed data behind a hashed cookie, in one table of ours.

Django's own table would let whoever reads a dump walk in, knows no owner, so ending
the sessions of one person means opening them all, and costs a query more a request.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any, cast

from cryptography.exceptions import InvalidTag
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import (
    VALID_KEY_CHARS,
    CreateError,
    SessionBase,
    UpdateError,
)
from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string

from smartkampung.accounts.models import Session, Staff
from smartkampung.accounts.queries.sessions import live_session
from smartkampung.kernel.clock import now
from smartkampung.kernel.sealed import keyring

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
# Seen again is written down at most once a minute: reading must not mean writing.
SEEN_EVERY = timedelta(minutes=1)


def hashed(session_key: str) -> bytes:
    """Return what the table keeps of a cookie."""
    return hashlib.sha256(session_key.encode()).digest()


def expiry(*, begun_at: datetime, seen_at: datetime) -> datetime:
    """Return when a session ends if nobody comes back."""
    return min(seen_at + IDLE, begun_at + ABSOLUTE)


class SessionStore(SessionBase):
    """One session; ``staff`` is who it belonged to when it was read."""

    staff: Staff | None = None
    begun_at: datetime | None = None
    last_seen_at: datetime | None = None
    address: str | None = None
    browser: str = ""

    def load(self) -> dict[str, Any]:
        """Read the session, its account and its rights; forget a dead cookie."""
        key = self.session_key or ""
        live = live_session(hashed(key), at=now())
        if live is None:
            self._session_key = None
            return {}
        self.staff, self.begun_at = live.staff, live.begun_at
        self.last_seen_at = live.last_seen_at
        return _open(live.data, key)

    def exists(self, session_key: str) -> bool:
        """Say whether a cookie is taken."""
        return Session.objects.filter(key_hash=hashed(session_key)).exists()

    def create(self) -> None:
        """Begin a session under a new key."""
        while True:
            self._session_key = get_random_string(40, VALID_KEY_CHARS)
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Write the session; raise UpdateError when it was ended meanwhile."""
        if self.session_key is None:
            return self.create()
        data = cast(Any, self)._get_session(no_load=must_create)
        row = self._row(data)
        key_hash = hashed(self.session_key)
        if not must_create:
            if not Session.objects.filter(key_hash=key_hash).update(**row):
                raise UpdateError
            return None
        try:
            with transaction.atomic():
                Session.objects.create(
                    key_hash=key_hash,
                    address=self.address,
                    browser=self.browser[:200],
                    **row,
                )
        except IntegrityError as error:
            raise CreateError from error
        return None

    def delete(self, session_key: str | None = None) -> None:
        """End a session; one that has ended already is fine."""
        key = session_key or self.session_key
        if key:
            Session.objects.filter(key_hash=hashed(key)).delete()

    def seen(self, at: datetime) -> None:
        """Put the idle time-out off, at most once a minute."""
        if not (self.session_key and self.last_seen_at and self.begun_at):
            return
        if at - self.last_seen_at < SEEN_EVERY:
            return
        Session.objects.filter(key_hash=hashed(self.session_key)).update(
            last_seen_at=at, expires_at=expiry(begun_at=self.begun_at, seen_at=at)
        )

    @classmethod
    def clear_expired(cls) -> None:
        """Remove what has ended."""
        Session.objects.filter(expires_at__lte=now()).delete()

    def _row(self, data: dict[str, Any]) -> dict[str, Any]:
        at = now()
        owner = data.get(SESSION_KEY)
        staff_id = int(owner) if owner else None
        # The twelve hours count from signing in, not from the first look at the form.
        was = self.staff.pk if self.staff else None
        if self.begun_at is None or (staff_id and staff_id != was):
            self.begun_at = at
        return {
            "data": _seal(data, self.session_key or ""),
            "staff_id": staff_id,
            "begun_at": self.begun_at,
            "last_seen_at": at,
            "expires_at": expiry(begun_at=self.begun_at, seen_at=at),
        }


def _seal(data: dict[str, Any], session_key: str) -> bytes:
    # Sealed for this very cookie: rows cannot be swapped.
    return keyring().seal(json.dumps(data), _purpose(session_key))


def _open(box: bytes, session_key: str) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(keyring().open(box, _purpose(session_key)))
    except (InvalidTag, KeyError):
        return {}
    return content


def _purpose(session_key: str) -> str:
    return "session:" + hashed(session_key).hex()
