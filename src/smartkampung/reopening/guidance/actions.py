"""Write the next version of guidance, and confirm one against its source."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.guidance.queries import versions_of
from smartkampung.reopening.guidance.rules.faults import (
    begins_later,
    faults,
    unreached,
)
from smartkampung.reopening.guidance.rules.kinds import Kind
from smartkampung.reopening.guidance.words import FAULTS
from smartkampung.worklist.actions import close_work, open_work

TOO_EARLY = _("Choose tomorrow or a later day: what held so far stays as it was.")
CONFIRM, CONFIRM_WITHIN = "guidance.confirm", timedelta(days=3)


class BadGuidance(Refused):
    """This cannot hold: bands with a gap, a capacity out of range."""

    code = "bad_guidance"


class BeginsTooEarly(Refused):
    """The day has begun already, or is over."""

    code = "guidance_begins_too_early"


class CannotConfirm(Refused):
    """Whoever wrote it does not confirm it, and nobody does so twice."""

    code = "cannot_confirm_guidance"


def write_version(
    *,
    kind: Kind,
    body: Mapping[str, Any],
    since: date,
    legal_reference: str,
    source_url: str,
    by: Actor,
    at: datetime,
) -> Guidance:
    """Write what holds from a later day on, and ask a colleague to confirm it.

    The same version sent again is the same row. Raises BeginsTooEarly and BadGuidance.
    """
    if not begins_later(since, today=day(at)):
        raise BeginsTooEarly(TOO_EARLY)
    _must_hold(kind, body)
    with transaction.atomic():
        versions = Guidance.objects.filter(kind=kind)
        # Who sends the same form twice waits here, and then finds the first.
        versions.order_by("pk").select_for_update(no_key=True).first()
        row, new = versions.filter(verified_by="").get_or_create(
            kind=kind,
            since=since,
            body=dict(body),
            legal_reference=legal_reference,
            source_url=source_url,
            by=by.username,
            defaults={"at": at},
        )
        if new:
            record("guidance.written", target=row, by=by.username, kind=kind.value)
            _ask(row, by=by, at=at)
    return row


def _ask(row: Guidance, *, by: Actor, at: datetime) -> None:
    """Put a version before the office that keeps guidance, until it is confirmed."""
    for region in by.regions_where(Permission.GUIDANCE_MANAGE):
        open_work(
            kind=CONFIRM,
            target=row,
            permission=Permission.GUIDANCE_MANAGE,
            region_code=region,
            due_at=at + CONFIRM_WITHIN,
            not_by=[by.username],
        )


def _must_hold(kind: Kind, body: Mapping[str, Any]) -> None:
    found = faults(kind, body)
    if kind is Kind.PHASES and not found:
        gates = versions_of(Kind.GATES)
        found = list(unreached(body, gates[0].body if gates else None))
    for fault in found:
        raise BadGuidance(FAULTS[fault])


@transaction.atomic
def confirm(*, version: int, by: Actor, at: datetime) -> None:
    """Write down that an official compared a version with its source.

    What was written long ago is looked at again: what cannot hold may have become more
    since. Raises CannotConfirm and BadGuidance.
    """
    rows = Guidance.objects.filter(pk=version, verified_by="").exclude(by=by.username)
    if not rows.update(verified_by=by.username, verified_at=at):
        raise CannotConfirm(
            _("Somebody else than the writer confirms a version, and once.")
        )
    row = Guidance.objects.get(pk=version)
    _must_hold(Kind(row.kind), row.body)
    close_work(target=row, by=by.username, kinds=(CONFIRM,))
    record("guidance.confirmed", target=row, by=by.username, kind=row.kind)
