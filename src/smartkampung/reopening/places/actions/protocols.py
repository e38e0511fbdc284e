"""Write the next version of a protocol, and confirm one against its source."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.reopening.places.models import ProtocolVersion
from smartkampung.reopening.places.rules.protocol import begins_later, faults
from smartkampung.reopening.places.words import FAULTS


class BadProtocol(Refused):
    """This cannot hold: no item, a number out of range."""

    code = "bad_place_protocol"


class BeginsTooEarly(Refused):
    """The day has begun already, or is over."""

    code = "place_protocol_begins_too_early"


class CannotConfirm(Refused):
    """Whoever wrote it does not confirm it, and nobody does so twice."""

    code = "cannot_confirm_place_protocol"


def write_version(
    *,
    kind: str,
    body: Mapping[str, Any],
    since: date,
    legal_reference: str,
    source_url: str,
    by: Actor,
    at: datetime,
) -> ProtocolVersion:
    """Write what holds from a later day on. Raises BeginsTooEarly and BadProtocol."""
    if not begins_later(since, today=day(at)):
        raise BeginsTooEarly(
            _("Choose tomorrow or a later day: what held so far stays as it was.")
        )
    for fault in faults(kind, body):
        raise BadProtocol(FAULTS[fault])
    row = ProtocolVersion.objects.create(
        kind=kind,
        since=since,
        body=dict(body),
        legal_reference=legal_reference,
        source_url=source_url,
        by=by.username,
        at=at,
    )
    record("places.protocol_written", target=row, by=by.username, kind=kind)
    return row


def confirm(*, version: int, by: Actor, at: datetime) -> None:
    """Write down that an official compared a version with its source.

    Raises CannotConfirm.
    """
    rows = ProtocolVersion.objects.filter(pk=version, verified_by="")
    if not rows.exclude(by=by.username).update(verified_by=by.username, verified_at=at):
        raise CannotConfirm(
            _("Somebody else than the writer confirms a version, and once.")
        )
    row = ProtocolVersion.objects.get(pk=version)
    record("places.protocol_confirmed", target=row, by=by.username, kind=row.kind)
