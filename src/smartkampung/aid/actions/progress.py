"""Move the timelines of everybody who reported a person, and tell them."""

from datetime import datetime

from smartkampung.aid.actions.news import news_wish
from smartkampung.aid.models import Claim, Entitlement, Report
from smartkampung.aid.rules.report import Step
from smartkampung.intake.actions.cases import reach_step
from smartkampung.kernel.later import later
from smartkampung.notify.actions import send

# What is told to the reporters; the text never says more than "there is news".
TOLD = {Step.KECAMATAN_DECIDES, Step.DECIDED, Step.HANDED_OVER}


def announce(
    *, claim: Claim, step: Step, at: datetime, family_told: bool = False
) -> None:
    """Promise that every reporter of a claim sees a step and is told of it.

    A job does it, because reports of one person may lie outside the jurisdiction of
    the officer who acts. ``family_told`` says that the family's phone is told already.
    """
    later(
        "aid.tell_reporters",
        claim_id=claim.pk,
        step=step.value,
        reached_at=at.isoformat(),
        family_told=family_told,
    )


def announce_due(due: Entitlement, *, at: datetime) -> None:
    """Promise that whoever reported sees that the aid is in hand, or gone back.

    Aid of a cycle was reported by nobody: the family reads it among its own data.
    """
    if due.claim is not None:
        announce(claim=due.claim, step=Step.HANDED_OVER, at=at)


def tell_reporters(
    *, claim_id: int, step: Step, at: datetime, family_told: bool = False
) -> None:
    """Mark a step on the timelines of a claim, and send news; once to each phone."""
    rows = Report.objects.select_related("claim__person__family")
    reports = list(rows.filter(claim_id=claim_id).order_by("pk"))
    reach_step(
        code_hashes=[bytes(report.code_hash) for report in reports], step=step, at=at
    )
    if step not in TOLD:
        return
    told: set[bytes] = set()
    for report in reports:
        phone, wish = report.reporter_phone, _wish(report)
        numbers = set(phone.indexes()) if phone else set()
        if numbers & told or (family_told and wish):
            continue
        told |= numbers
        send(
            key=f"aid.report_{step}:{report.pk}:{at:%Y%m%d%H%M%S}",
            to=phone,
            template="news",
            language=report.language,
            wish=wish,
        )


def _wish(report: Report) -> str:
    """Return the family's wish where the reporter's phone is the family's own."""
    person = report.claim.person if report.claim else None
    if person is None or person.family.phone_index is None:
        return ""
    phone = report.reporter_phone
    own = phone is not None and bytes(person.family.phone_index) in phone.indexes()
    return news_wish(person.family_id) if own else ""
