"""Move the timelines of everybody who reported a person, and tell them."""

from datetime import datetime

from smartkampung.aid.models import Claim, Report
from smartkampung.aid.rules.report import Step
from smartkampung.intake.actions.cases import reach_step
from smartkampung.kernel.later import later
from smartkampung.notify.actions import send

# What is told to the reporters; the text never says more than "there is news".
TOLD = {Step.KECAMATAN_DECIDES, Step.DECIDED, Step.HANDED_OVER}


def announce(*, claim: Claim, step: Step, at: datetime) -> None:
    """Promise that every reporter of a claim sees a step and is told of it.

    A job does it, because reports of one person may lie outside the jurisdiction of
    the officer who acts.
    """
    later(
        "aid.tell_reporters",
        claim_id=claim.pk,
        step=step.value,
        reached_at=at.isoformat(),
    )


def tell_reporters(*, claim_id: int, step: Step, at: datetime) -> None:
    """Mark a step on the timelines of a claim, and send news; each once."""
    reports = list(Report.objects.filter(claim_id=claim_id))
    reach_step(
        code_hashes=[bytes(report.code_hash) for report in reports], step=step, at=at
    )
    if step not in TOLD:
        return
    for report in reports:
        send(
            key=f"aid.report_{step}:{report.pk}:{at:%Y%m%d%H%M%S}",
            to=report.reporter_phone,
            template="news",
            language=report.language,
        )
