"""Sends waiting questions, one in each transaction, as the line and the quota allow.

The answer and the fact that it came are committed together. A worker that dies
between the two sends the question again with the same key, which the service knows:
so nothing is lost, nothing is counted twice, and an outage only makes the queue longer.
"""

from datetime import datetime, timedelta
from random import SystemRandom

from django.conf import settings
from django.db import transaction

from smartkampung.audit.actions import record
from smartkampung.identity.actions.ask import DRAIN
from smartkampung.identity.adapters import configured, service
from smartkampung.identity.models import Check, Line
from smartkampung.identity.ports import (
    Answer,
    NotTaken,
    OverQuota,
    Question,
    Unavailable,
)
from smartkampung.identity.record import fingerprint_of, question_of
from smartkampung.identity.rules import WELL, Circuit, Spent
from smartkampung.kernel.clock import day
from smartkampung.kernel.later import later

ROBOT = "identity"
CHANCE = SystemRandom()  # spreads what would else come back in step


@transaction.atomic
def drain_one(*, at: datetime) -> bool:
    """Send the next question, if it may be sent, and promise to go on.

    Says whether a question was answered or refused. Those tried least come first, so
    that one on which the service chokes does not hold up the others.
    """
    line, _ = Line.objects.select_for_update().get_or_create(pk=1)
    check = _next()
    if check is None or not configured():
        return False
    pause = _pause(line, at)
    if pause is not None:
        later(DRAIN, once=DRAIN, lock=DRAIN, at=pause)
        return False
    done = _send(check, line, at)
    line.save()
    later(DRAIN, once=DRAIN, lock=DRAIN, at=line.quiet_until)
    return done


def _next() -> Check | None:
    waiting = Check.objects.filter(state=Check.State.WAITING)
    rows = waiting.select_for_update(of=("self",)).select_related("person__family")
    return rows.order_by("tries", "asked_at", "pk").first()


def _pause(line: Line, at: datetime) -> datetime | None:
    """Return until when nothing may be sent; nothing when one may be."""
    if line.quiet_until is not None and at < line.quiet_until:
        return line.quiet_until
    spent = Spent(line.quota_day, line.spent)
    if spent.left(settings.IDENTITY_QUOTA, on=day(at)) == 0:
        return _tomorrow(at)
    return None


def _tomorrow(at: datetime) -> datetime:
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1, seconds=CHANCE.uniform(1, 300))


def _send(check: Check, line: Line, at: datetime) -> bool:
    check.tries += 1
    if check.person.nik is None:  # taken away while the question waited
        return _refuse(check, "no_nik", at)
    question = question_of(check.person)
    try:
        answer = service().compare(question, key=str(check.key))
    except Unavailable as problem:
        _be_quiet(line, problem, at)
        check.save(update_fields=["tries"])
        return False
    except NotTaken as problem:
        _count(line, at)
        return _refuse(check, problem.code, at)
    _count(line, at)
    _keep(check, question, answer, at)
    return True


def _be_quiet(line: Line, problem: Unavailable, at: datetime) -> None:
    circuit = Circuit(line.failures, line.quiet_until)
    if isinstance(problem, OverQuota):
        line.quiet_until = at + problem.wait if problem.wait else _tomorrow(at)
    else:
        circuit = circuit.failed(at, chance=CHANCE.random())
        line.quiet_until = circuit.closed_until
        if problem.wait:
            line.quiet_until = max(at + problem.wait, circuit.closed_until or at)
    line.failures = circuit.failures
    line.trouble, line.troubled_at = problem.code, at


def _count(line: Line, at: datetime) -> None:
    """The service is there and took a question: count it, and forget the trouble."""
    spent = Spent(line.quota_day, line.spent).one_more(on=day(at))
    line.quota_day, line.spent = spent.day, spent.count
    line.failures, line.quiet_until = WELL.failures, WELL.closed_until


def _keep(check: Check, question: Question, answer: Answer, at: datetime) -> None:
    check.state, check.answered_at = Check.State.ANSWERED, at
    check.fingerprint = fingerprint_of(question)
    check.found = answer.found
    check.agrees = {str(name): agrees for name, agrees in answer.agrees.items()}
    check.save()
    _note("identity.answered", check, found=answer.found, agrees=check.agrees)


def _refuse(check: Check, code: str, at: datetime) -> bool:
    check.state, check.answered_at = Check.State.REFUSED, at
    check.save()
    _note("identity.refused", check, code=code)
    return True


def _note(name: str, check: Check, **detail: object) -> None:
    record(name, target=check, by=ROBOT, region_code=check.region_code, **detail)
