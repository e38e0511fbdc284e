"""What the civil registry said about people, and how the line to it is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from smartkampung.identity.adapters import configured
from smartkampung.identity.models import Check, Line
from smartkampung.identity.record import question_of, same_as_asked
from smartkampung.identity.rules import Circuit, Field, Spent, Verdict, verdict_of
from smartkampung.residents.models import Person


@dataclass(frozen=True)
class Standing:
    """What can be said of a person, since when, and which fields differ."""

    verdict: Verdict
    at: datetime | None = None
    differing: tuple[Field, ...] = ()


def standing_of(person: Person) -> Standing:
    """Return what the civil registry last said about a person's present record.

    The caller found the person through a door that knows who asks.
    """
    checks = Check.objects.filter(person=person)
    if checks.filter(state=Check.State.WAITING).exists():
        return Standing(Verdict.WAITING)
    last = checks.order_by("-answered_at", "-pk").first()
    if last is None:
        return Standing(Verdict.NEVER)
    if last.state == Check.State.REFUSED:
        return Standing(Verdict.REFUSED, last.answered_at)
    if not _still(person, last):
        return Standing(Verdict.CHANGED, last.answered_at)
    return Standing(
        verdict_of(found=bool(last.found), agrees=last.agrees),
        last.answered_at,
        tuple(name for name in Field if last.agrees.get(name) is False),
    )


def _still(person: Person, check: Check) -> bool:
    if person.nik is None or check.fingerprint is None:
        return False
    return same_as_asked(question_of(person), bytes(check.fingerprint))


@dataclass(frozen=True)
class Service:
    """The line to the service as operators see it."""

    configured: bool
    circuit: str
    quiet_until: datetime | None
    trouble: str
    troubled_at: datetime | None
    quota: int
    left: int
    waiting: int
    oldest: datetime | None
    answered: int


def service_facts(*, at: datetime, on: date) -> Service:
    """Return how the line is now: circuit, quota, queue."""
    line, quota = (
        Line.objects.filter(pk=1).first() or Line(pk=1),
        settings.IDENTITY_QUOTA,
    )
    waiting = Check.objects.filter(state=Check.State.WAITING).order_by("asked_at")
    quiet = line.quiet_until is not None and at < line.quiet_until
    return Service(
        configured=configured(),
        circuit=Circuit(line.failures, line.quiet_until).state(at),
        quiet_until=line.quiet_until if quiet else None,
        trouble=line.trouble,
        troubled_at=line.troubled_at,
        quota=quota,
        left=Spent(line.quota_day, line.spent).left(quota, on=on),
        waiting=waiting.count(),
        oldest=waiting.values_list("asked_at", flat=True).first(),
        answered=Check.objects.filter(answered_at__date=on).count(),
    )
