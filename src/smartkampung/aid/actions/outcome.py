"""Let a family read its own decision: a code to the phone that the village recorded."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.aid.models import Report
from smartkampung.intake.actions.limits import over
from smartkampung.intake.actions.one_time import issue_code, use_code
from smartkampung.intake.rules import ONE_TIME_LIFE, Limit
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.notify.actions import send

PURPOSE = "aid.outcome"
PER_REPORT = Limit("aid.outcome.code", 3, timedelta(hours=1))
# Every report of a person opens one claim: more reports must not be more guesses.
PER_CLAIM = Limit("aid.outcome.claim", 12, timedelta(days=1))


class TooManyCodes(Refused):
    """Codes were asked for again and again."""

    code = "too_many_codes"


def ask_for_code(*, report: Report, at: datetime) -> None:
    """Promise a code to the family's recorded phone, if there is one.

    Nobody learns from the answer, or from its time, whether there is: a job looks.
    Raises TooManyCodes.
    """
    if over(PER_REPORT, key=_subject(report), at=at):
        raise TooManyCodes(
            _(
                "Three codes were asked for within an hour. Please wait an hour, or "
                "ask at the village office."
            )
        )
    # A report that opened no claim yet is counted by itself, never with all others.
    about = f"aid.claim:{report.claim_id}" if report.claim_id else _subject(report)
    if over(PER_CLAIM, key=about, at=at):
        raise TooManyCodes(
            _(
                "Codes were asked for too often today. Please come back tomorrow, or "
                "ask at the village office."
            )
        )
    later("aid.send_outcome_code", report_id=report.pk)


def send_code(*, report_id: int, at: datetime) -> None:
    """Send a code to the phone recorded for the family, where one is recorded."""
    report = Report.objects.select_related("claim__person__family").get(pk=report_id)
    person = report.claim.person if report.claim else None
    if person is None or person.family.phone is None:
        return
    code = issue_code(purpose=PURPOSE, subject=_subject(report), at=at)
    send(
        key=f"{PURPOSE}:{report.pk}:{at.timestamp():.0f}",
        to=person.family.phone,
        template="code",
        context={"minutes": int(ONE_TIME_LIFE.total_seconds() // 60)},
        secret=code,
        language=person.family.language,
    )


def code_opens(*, report: Report, code: str, at: datetime) -> bool:
    """Say whether a typed code is the one that was sent; it is spent by this.

    Let the transaction commit either way, or a wrong try would be forgotten.
    """
    return use_code(purpose=PURPOSE, subject=_subject(report), code=code, at=at)


def _subject(report: Report) -> str:
    return f"aid.report:{report.pk}"
