"""Where a gateway hands over texts that people sent by SMS or WhatsApp."""

from datetime import timedelta
from enum import StrEnum

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from smartkampung.api.access import operation
from smartkampung.api.problems import BadFields, Problem
from smartkampung.frontline.texting.actions.receive import Taken, Text, receive
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now
from smartkampung.residents.rules.numbers import Misshapen
from smartkampung.residents.rules.phones import read_phone
from smartkampung.residents.words import phone_problem

router = Router(tags=["messages"])
# One gateway sends from one address, for everybody.
HANDED_OVER = Limit("texting.handed_over", 6_000, timedelta(minutes=10))


class Channel(StrEnum):
    """How a text came to the gateway."""

    SMS = "sms"
    WHATSAPP = "whatsapp"


class TextIn(Schema):
    """One text as the gateway received it."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(
        pattern="^[!-~]{1,120}$", description="The gateway's number of the text."
    )
    sender: str = Field(
        max_length=40, alias="from", description="The telephone that it came from."
    )
    text: str = Field(max_length=4_000)
    channel: Channel = Channel.SMS


class TextTakenOut(Schema):
    """What became of the text. The answer to its sender goes out as a message."""

    id: str
    state: Taken


@operation(
    router,
    "post",
    "/in",
    signed=True,
    limits=(HANDED_OVER, None),
    response={
        200: TextTakenOut,
        400: Problem,
        401: Problem,
        413: Problem,
        422: Problem,
        429: Problem,
    },
    summary="Hand over a text that somebody sent",
)
def hand_over_text(request: HttpRequest, text_in: TextIn) -> Status[TextTakenOut]:
    """Take a text in. The same text handed over again is not done again."""
    try:
        sender = read_phone(text_in.sender)
    except Misshapen as error:
        raise BadFields({"from": phone_problem(error)}) from None
    text = Text(text_in.id, sender, text_in.text, text_in.channel)
    state = receive(text, at=now())
    return Status(200, TextTakenOut(id=text_in.id, state=state))
