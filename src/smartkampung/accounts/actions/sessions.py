"""Ending sessions, and changing the password that they began with."""

from datetime import datetime

from smartkampung.accounts.actions.devices import revoke_all_devices
from smartkampung.accounts.models import Session, Staff
from smartkampung.accounts.sessions import hashed
from smartkampung.audit.actions import record


def end_session(*, session: Session, by: str) -> None:
    """End one session of an account; its browser is signed out at its next step."""
    staff = session.staff
    session.delete()
    if staff is not None:
        record("accounts.session_ended", target=staff, by=by)


def end_sessions(*, staff: Staff, by: str, keep: str = "") -> int:
    """End every session of an account but the one whose key is to be kept."""
    others = Session.objects.filter(staff=staff)
    if keep:
        others = others.exclude(key_hash=hashed(keep))
    count, _ = others.delete()
    if count:
        record("accounts.sessions_ended", target=staff, by=by, count=count)
    return count


def end_everywhere(*, staff: Staff, keep: str, by: str, at: datetime) -> None:
    """End every other session of an account, and every phone it does field work on."""
    end_sessions(staff=staff, keep=keep, by=by)
    revoke_all_devices(staff=staff, by=by, at=at)


def change_password(
    *, staff: Staff, password: str, keep: str, by: str, at: datetime
) -> None:
    """Set a new password and end all that began with the old one, phones included."""
    staff.set_password(password)
    staff.save(update_fields=["password"])
    end_everywhere(staff=staff, keep=keep, by=by, at=at)
    record("accounts.password_changed", target=staff, by=by)
