"""Write the next version of the protocol, and confirm one against its source."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.isolation.models import Protocol
from smartkampung.isolation.protocol.queries import forget
from smartkampung.isolation.protocol.rules import Kind, begins_later, faults
from smartkampung.isolation.protocol.words import FAULTS
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused


class BadProtocol(Refused):
    """This cannot hold: a number out of range, a role that cannot answer."""

    code = "bad_protocol"


class BeginsTooEarly(Refused):
    """The day has begun already, or is over."""

    code = "protocol_begins_too_early"


class CannotConfirm(Refused):
    """Whoever wrote it does not confirm it, and nobody does so twice."""

    code = "cannot_confirm_protocol"


def write_version(
    *,
    kind: Kind,
    body: Mapping[str, Any],
    since: date,
    legal_reference: str,
    source_url: str,
    by: Actor,
    at: datetime,
) -> Protocol:
    """Write what holds from a later day on. Raises BeginsTooEarly and BadProtocol."""
    if not begins_later(since, today=day(at)):
        raise BeginsTooEarly(
            _("Choose tomorrow or a later day: what held so far stays as it was.")
        )
    for fault in faults(kind, body):
        raise BadProtocol(FAULTS[fault])
    row = Protocol.objects.create(
        kind=kind,
        since=since,
        body=dict(body),
        legal_reference=legal_reference,
        source_url=source_url,
        by=by.username,
        at=at,
    )
    forget()
    record("isolation.protocol_written", target=row, by=by.username, kind=kind.value)
    return row


def confirm(*, version: int, by: Actor, at: datetime) -> None:
    """Write down that an official compared a version with its source.

    Raises CannotConfirm.
    """
    rows = Protocol.objects.filter(pk=version, verified_by="").exclude(by=by.username)
    if not rows.update(verified_by=by.username, verified_at=at):
        raise CannotConfirm(
            _("Somebody else than the writer confirms a version, and once.")
        )
    forget()
    row = Protocol.objects.get(pk=version)
    record("isolation.protocol_confirmed", target=row, by=by.username, kind=row.kind)
