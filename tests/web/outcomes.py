"""Reports of Wayan that were decided, and the family that reads the decision."""

from django.test import Client

from smartkampung.aid.actions.decide import decide_claim
from smartkampung.aid.actions.report import send_report
from smartkampung.aid.models import Claim
from smartkampung.aid.rules.claims import Reason
from smartkampung.aid.rules.report import Channel
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.models import Message
from tests import cases
from tests.cases import NOW, Desk
from tests.reporting import open_phase, told, wayan
from tests.web.reportform import Page


def open_desk() -> Desk:
    """Open the office and a round of reports; Wayan lives here."""
    wayan()
    open_phase(at=NOW)
    return cases.desk(budget=5)


def reported(**changes: object) -> tuple[str, Claim]:
    """Send and verify a report; return where it is followed, and its claim."""
    receipt = send_report(
        told=told(**changes), channel=Channel.WEB, by="public", at=NOW
    )
    run_waiting()
    act_as(Kind.JOB)
    return f"/t/{receipt.code}/", Claim.objects.latest("pk")


def refused(desk: Desk, *reasons: Reason, note: str = "", **changes: object) -> str:
    """Refuse Wayan's claim; return where it is followed."""
    where, claim = reported(**changes)
    cases.visit(claim, desk.sari, recommends=False)
    decide_claim(
        claim=claim,
        approved=False,
        programme=None,
        reasons=reasons or (Reason.CHECKER_ADVISES_AGAINST,),
        note=note,
        by=desk.endang,
        at=NOW,
    )
    run_waiting()
    return where


def approved(desk: Desk) -> str:
    """Approve Wayan's claim; return where it is followed."""
    where, claim = reported()
    cases.visit(claim, desk.sari)
    cases.approve(claim, desk.endang)
    run_waiting()
    return where


def sent_code() -> str:
    """Return the latest code that came to the family's phone."""
    message = Message.objects.filter(template="code").latest("pk")
    assert message.secret is not None
    code: str = message.secret.open()
    return code


def ask(client: Client, where: str) -> Page:
    """Ask for a code, and let it be sent."""
    answer = client.post(f"{where}outcome/code/", follow=True)
    run_waiting()
    return answer


def enter(client: Client, where: str) -> Page:
    """Prove the family's phone and open the decision."""
    ask(client, where)
    return client.post(f"{where}outcome/", {"digits": sent_code()}, follow=True)
