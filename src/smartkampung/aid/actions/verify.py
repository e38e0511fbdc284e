"""Compare a report with the registry, and join it to the one claim of its person."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import Claim, Finding, Report
from smartkampung.aid.queries.registry import Known, look_up
from smartkampung.aid.rules.report import CHECK_DUE, DUE, identity_findings
from smartkampung.audit.actions import record
from smartkampung.identity.actions import ask_if_possible
from smartkampung.identity.rules import Purpose
from smartkampung.kernel.clock import WIB
from smartkampung.worklist.actions import close_work, open_work

ROBOT = "verification"


@transaction.atomic
def verify_report(*, report_id: int, at: datetime) -> None:
    """Verify one report, once: findings for staff, a claim, and work for the village.

    Safe to run again and in parallel with others about the same person: all join
    one open claim.
    """
    report = Report.objects.select_for_update(no_key=True).get(pk=report_id)
    if report.verified_at is not None:
        return
    found = look_up(report, on=at.astimezone(WIB).date())
    claim = _open_claim(report, found)
    if claim.person_id is None and found.person_id is not None:
        _lay_to(claim, found.person_id, report)
    if claim.person_id is not None:
        ask_if_possible(
            person_id=claim.person_id, purpose=Purpose.AID_CLAIM, by=ROBOT, at=at
        )
    report.claim, report.verified_at = claim, at
    report.save(update_fields=["claim", "verified_at"])
    codes = identity_findings(found.registered, region_code=report.region_code)
    _note(claim, codes, found.enrolment_ids, at)
    open_work(
        kind="aid.field_check",
        target=claim,
        permission=Permission.FIELD_CHECK,
        region_code=claim.region_code,
        due_at=claim.opened_at + CHECK_DUE,
    )
    record(
        "aid.report_verified",
        target=report,
        by=ROBOT,
        region_code=report.region_code,
        claim=claim.pk,
        findings=codes,
    )


def _open_claim(report: Report, found: Known) -> Claim:
    """Return the person's open claim, locked; open one when there is none."""
    # Two reports of one person may be verified at once: the constraint lets one
    # create, and the other then finds it. A claim that closes meanwhile is found
    # closed under the lock, and a new one opens: hence as many as three rounds.
    for _round in range(3):
        claim = (
            Claim.objects.select_for_update(no_key=True)
            .filter(nik_index__in=report.nik.indexes(), closed_at=None)
            .first()
        )
        if claim is not None:
            return claim
        try:
            with transaction.atomic():
                return Claim.objects.create(
                    nik_index=report.nik_index,
                    person_id=found.person_id,
                    region_code=report.region_code,
                    state=Claim.State.TO_CHECK,
                    opened_at=report.sent_at,
                    due_at=report.sent_at + DUE,
                )
        except IntegrityError:
            continue
    raise RuntimeError("a claim opens and closes faster than it can be joined")


def _lay_to(claim: Claim, person_id: int, report: Report) -> None:
    """Give a claim of nobody known its person; the village that they name visits."""
    if claim.state != Claim.State.TO_CHECK:
        return
    claim.person_id, claim.region_code = person_id, report.region_code
    claim.save(update_fields=["person", "region_code"])
    claim.findings.filter(code=Finding.Code.NIK_UNKNOWN).delete()
    close_work(target=claim, by=ROBOT, kinds=("aid.field_check",))


def _note(
    claim: Claim, codes: Iterable[str], enrolment_ids: Iterable[int], at: datetime
) -> None:
    findings = [Finding(claim=claim, code=code, found_at=at) for code in codes]
    findings += [
        Finding(
            claim=claim,
            code=Finding.Code.ALREADY_RECEIVING,
            enrolment_id=enrolment,
            found_at=at,
        )
        for enrolment in enrolment_ids
    ]
    Finding.objects.bulk_create(findings, ignore_conflicts=True)
