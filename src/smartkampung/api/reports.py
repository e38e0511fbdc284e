"""The JSON twin of the public report form and tracking page."""

import uuid
from datetime import date, datetime, timedelta
from typing import Annotated

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Header, Router, Schema, Status
from pydantic import ConfigDict, Field

from smartkampung.aid.actions.report import CASE_KIND, send_report
from smartkampung.aid.public_words import STEPS
from smartkampung.aid.rules import timeline
from smartkampung.aid.rules.report import Channel, Reason, Step
from smartkampung.aid.rules.timeline import State
from smartkampung.api.access import operation
from smartkampung.api.problems import Problem
from smartkampung.api.told import read_told
from smartkampung.intake.queries import case_by_code
from smartkampung.intake.rules import Limit
from smartkampung.kernel.address import who_asks
from smartkampung.kernel.clock import now

router = Router(tags=["aid"])
SENT = Limit("aid.report.sent", 120, timedelta(minutes=10))
SENT_BY_ALL = Limit("aid.report.sent_by_all", 7200, timedelta(minutes=1))
OPENED = Limit("tracking.opened", 300, timedelta(minutes=10))
OPENED_BY_ALL = Limit("tracking.opened_by_all", 24_000, timedelta(minutes=1))
# Keys become ids of forms: equal keys name the same form.
FORMS = uuid.UUID("6f0d1c3e-53b1-4d5e-9d57-0c2b8f1a7e55")
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=16,
        max_length=200,
        description="A random value of your own, such as a UUID. Sending the same "
        "key and body again gives the same answer and makes no second report.",
    ),
]


class ReportIn(Schema):
    """A report of missing aid."""

    model_config = ConfigDict(extra="forbid")

    for_self: bool = Field(description="False when reporting for somebody else.")
    nik: str = Field(max_length=60, description="16 digits.")
    kk: str = Field(max_length=60, description="Family-card number, 16 digits.")
    born_on: date
    phone: str = Field("", max_length=60, description="Where news goes; may be empty.")
    region_code: str = Field(
        max_length=30, description="Code of the RT, or of the village if not known."
    )
    reason: Reason
    story: str = Field("", max_length=1000)


class ReceiptOut(Schema):
    """The answer to every report, whoever it is about."""

    code: str
    url: str
    slip_url: str
    due_on: date


class StepOut(Schema):
    """One step of the timeline."""

    step: Step
    title: str
    state: State
    ended_at: datetime | None
    due_at: datetime | None


class TimelineOut(Schema):
    """Where a report stands. Never tells the outcome."""

    opened_at: datetime
    due_on: date | None
    decided: bool
    steps: list[StepOut]


@operation(
    router,
    "post",
    "/reports",
    limits=(SENT, SENT_BY_ALL),
    response={
        201: ReceiptOut,
        400: Problem,
        409: Problem,
        413: Problem,
        422: Problem,
        429: Problem,
    },
    summary="Report missing aid",
)
def send_aid_report(
    request: HttpRequest, report: ReportIn, key: Key
) -> Status[ReceiptOut]:
    """Take in a report. The answer is the same for everybody."""
    told = read_told(report.dict(), form_id=uuid.uuid5(FORMS, key))
    receipt = send_report(
        told=told,
        channel=Channel.API,
        by="public",
        sender=who_asks(request),
        at=now(),
    )
    url = f"{settings.SITE_URL}/t/{receipt.code}/"
    return Status(
        201,
        ReceiptOut(
            code=receipt.code, url=url, slip_url=f"{url}slip/", due_on=receipt.due_on
        ),
    )


@operation(
    router,
    "get",
    "/reports/{code}",
    limits=(OPENED, OPENED_BY_ALL),
    response={200: TimelineOut, 404: Problem, 429: Problem},
    summary="Follow a report",
)
def follow_aid_report(request: HttpRequest, code: str) -> TimelineOut:
    """Return the timeline that a tracking code opens."""
    at = now()
    case = case_by_code(code, at=at)
    # The codes of bookings and grievances open their own doors.
    if case is None or case.kind != CASE_KIND:
        raise Http404
    lines = timeline.lines(case.reached, opened_at=case.opened_at, at=at)
    return TimelineOut(
        opened_at=case.opened_at,
        due_on=case.due_on,
        decided=Step.DECIDED in case.reached,
        steps=[
            StepOut(
                step=line.step,
                title=str(STEPS[line.step]),
                state=line.state,
                ended_at=line.ended_at,
                due_at=line.due_at,
            )
            for line in lines
        ],
    )
