"""What message services tell about messages that they took."""

import uuid
from datetime import timedelta

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from smartkampung.api.access import operation
from smartkampung.api.problems import Problem
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now
from smartkampung.notify.actions import ReceiptState, take_receipt

router = Router(tags=["messages"])
TOLD = Limit("messages.receipts", 6_000, timedelta(minutes=1))
TOLD_BY_ALL = Limit("messages.receipts_by_all", 12_000, timedelta(minutes=1))


class DeliveryIn(Schema):
    """What became of one message."""

    model_config = ConfigDict(extra="ignore")

    reference: uuid.UUID = Field(description="The {ref} that came with the message.")
    state: ReceiptState
    channel: str = Field(
        "", max_length=12, description="The channel that speaks, if it says so."
    )


class TakenOut(Schema):
    """Whether such a message is known here."""

    known: bool


@operation(
    router,
    "post",
    "/receipts",
    signed=True,
    limits=(TOLD, TOLD_BY_ALL),
    response={
        200: TakenOut,
        400: Problem,
        401: Problem,
        413: Problem,
        422: Problem,
        429: Problem,
    },
    summary="Tell what became of a message",
)
def take_delivery(request: HttpRequest, receipt: DeliveryIn) -> Status[TakenOut]:
    """Take a receipt. It may come twice, late, and in any order."""
    known = take_receipt(
        reference=receipt.reference,
        channel=receipt.channel,
        state=receipt.state,
        at=now(),
    )
    return Status(200, TakenOut(known=known))
