"""Take in a report of missing aid. Nothing here asks the registry anything."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.models import Report
from smartkampung.aid.queries.phases import QUOTA, reporting_window
from smartkampung.aid.rules.report import DUE, Channel, Step, Told
from smartkampung.audit.actions import record
from smartkampung.intake.actions.answers import answer_once
from smartkampung.intake.actions.cases import code_hash, open_case
from smartkampung.intake.actions.limits import over
from smartkampung.intake.actions.quota import take_quota
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.notify.actions import send
from smartkampung.regions.codes import ancestor
from smartkampung.residents.models import KK, NIK, PHONE

CASE_KIND = "aid.report"
# For each sender: whoever writes about a NIK again and again keeps nobody else from it.
PER_PERSON = Limit("aid.report.person", 10, timedelta(days=1))


class ReportingClosed(Refused):
    """No phase is open. ``opens_at`` says when the next one opens, if that is known."""

    code = "reporting_closed"

    def __init__(self, opens_at: datetime | None) -> None:
        super().__init__(
            _("Reports are closed at this moment. Your village office can still help.")
        )
        self.opens_at = opens_at


class TooManyForPerson(Refused):
    """One sender reported the same NIK again and again today."""

    code = "too_many_for_person"


@dataclass(frozen=True)
class Receipt:
    """The answer to every report: a code to follow it by, and a date to expect."""

    code: str
    due_on: date
    repeated: bool


def send_report(
    *, told: Told, channel: Channel, by: str, sender: str = "", at: datetime
) -> Receipt:
    """Take in a report; the same form sent again gets the same receipt.

    ``sender`` is the network address that sent it, kept as keyed hash only. Raises ReportingClosed, QuotaUsedUp or TooManyForPerson; a report that the
    village assists is exempt from phase and quota. Raises KeyReused when the form
    was sent before with other answers.
    """
    answer = answer_once(
        scope=CASE_KIND,
        key=str(told.form_id),
        body=asdict(told),
        at=at,
        make=lambda: _take_in(told, channel, by, sender, at),
    )
    content = json.loads(answer.text)
    return Receipt(
        content["code"], date.fromisoformat(content["due_on"]), answer.repeated
    )


def _take_in(told: Told, channel: Channel, by: str, sender: str, at: datetime) -> str:
    assisted = channel == Channel.ASSISTED
    if not assisted:
        _take_place(told, sender, at)
    due_on = (at + DUE).astimezone(WIB).date()
    code = open_case(
        kind=CASE_KIND,
        region_code=told.region_code,
        first_step=Step.RECEIVED,
        due_on=due_on,
        at=at,
    )
    if not assisted:
        act_as(Kind.PUBLIC, tracking=code_hash(code))
    report = _write_down(told, channel, by if assisted else "", code, at)
    record("aid.report_sent", target=report, by=by, region_code=told.region_code)
    send(
        key=f"aid.report_received:{report.pk}",
        to=report.reporter_phone,
        template="report_received",
        secret=code,
        language=report.language,
    )
    later("aid.verify_report", report_id=report.pk)
    return json.dumps({"code": code, "due_on": due_on.isoformat()})


def _take_place(told: Told, sender: str, at: datetime) -> None:
    window = reporting_window(at=at)
    if not window.is_open:
        raise ReportingClosed(window.opens_at)
    if over(PER_PERSON, key=f"{told.nik}:{sender}", at=at):
        raise TooManyForPerson(
            _(
                "From here this NIK was reported many times today. The first reports"
                " are being handled. Please come back tomorrow, or ask at the village"
                " office."
            )
        )
    take_quota(
        scope=QUOTA,
        region_code=ancestor(told.region_code, "village"),
        on=at.astimezone(WIB).date(),
        limit=window.daily_quota_per_village,
    )


def _write_down(
    told: Told, channel: Channel, assisted_by: str, code: str, at: datetime
) -> Report:
    return Report.objects.create(
        code_hash=code_hash(code),
        form_id=told.form_id,
        for_self=told.for_self,
        nik=Sealed.of(told.nik, NIK),
        nik_index=blind_index(told.nik, NIK),
        kk=Sealed.of(told.kk, KK),
        kk_index=blind_index(told.kk, KK),
        born_on=told.born_on,
        reporter_phone=Sealed.of(told.phone, PHONE) if told.phone else None,
        region_code=told.region_code,
        reason=told.reason.value,
        story=told.story,
        photo_id=told.photo_id,
        channel=channel,
        assisted_by=assisted_by,
        language=(translation.get_language() or "id")[:2],
        sent_at=at,
    )
