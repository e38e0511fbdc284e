"""Write a version of a rule, and bring it into force by a second person."""

from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.criteria.models import RuleVersion
from smartkampung.criteria.queries import registry
from smartkampung.criteria.rules import Faulty, beyond, parse
from smartkampung.criteria.words import said_beyond, said_faults
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse

NOT_YOURS = _("You wrote this version, so another officer must bring it into force.")
LATER = _("Another version begins on that day or later. Choose a later day.")
ENDS = _("The last day must come after the first.")
MEANWHILE = _("Somebody else wrote a version a moment ago. Please save yours again.")


class RuleFaulty(Refused):
    """The rule cannot be read; the message names every mistake and its place."""

    code = "rule_faulty"


class CannotApply(Refused):
    """This version cannot come into force, or not by this person."""

    code = "cannot_apply"


def write_version(
    *,
    subject: str,
    rule: Any,
    legal_reference: str,
    since: date,
    until: date | None,
    by: str,
    at: datetime,
) -> RuleVersion:
    """Write down a draft of a rule; it holds nowhere yet. Raises RuleFaulty."""
    facts = registry().facts
    try:
        read = parse(rule, facts)
    except Faulty as faulty:
        raise RuleFaulty(said_faults(faulty)) from faulty
    if too_high := beyond(read, facts):
        raise RuleFaulty(said_beyond(too_high, facts))
    return keep_version(
        subject=subject,
        rule=rule,
        legal_reference=legal_reference,
        since=since,
        until=until,
        by=by,
        at=at,
    )


def keep_version(
    *,
    subject: str,
    rule: Any,
    legal_reference: str,
    since: date,
    until: date | None,
    by: str,
    at: datetime,
) -> RuleVersion:
    """Write down a draft whose content the caller has read and found good."""
    known = RuleVersion.objects.filter(subject=subject)
    last = known.aggregate(last=Max("number"))["last"] or 0
    with atomic_or_refuse(
        {
            "rule_version_ends_after_it_begins": RuleFaulty(ENDS),
            "rule_version_number_once": RuleFaulty(MEANWHILE),
        }
    ):
        version = RuleVersion.objects.create(
            subject=subject,
            number=last + 1,
            rule=rule,
            legal_reference=legal_reference,
            since=since,
            until=until,
            made_by=by,
            made_at=at,
        )
        record("criteria.version_written", target=version, by=by, subject=subject)
    return version


def bring_into_force(*, version: RuleVersion, by: str, at: datetime) -> None:
    """Let a draft hold from its first day; the version before it ends then.

    Raises CannotApply for who wrote it, for a day that is past, and when done already.
    """
    with atomic_or_refuse(
        {
            "rule_version_needs_two_people": CannotApply(NOT_YOURS),
            "rule_version_one_in_force": CannotApply(LATER),
            "rule_version_ends_after_it_begins": CannotApply(LATER),
        }
    ):
        same = RuleVersion.objects.select_for_update().filter(subject=version.subject)
        row = {one.pk: one for one in same.order_by("pk")}[version.pk]
        if row.approved_at is not None:
            raise CannotApply(_("This version is in force already."))
        if row.since < day(at):
            raise CannotApply(_("Its first day is past: what was decided stays."))
        running = same.filter(approved_at__isnull=False, since__lte=row.since)
        running.filter(Q(until=None) | Q(until__gt=row.since)).update(until=row.since)
        row.approved_by, row.approved_at = by, at
        row.save(update_fields=["approved_by", "approved_at"])
        record("criteria.version_in_force", target=row, by=by, subject=row.subject)
