"""A gateway for the demo: hands texts over by HTTP and signs them, as a real one does."""

import json
import uuid
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings

from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.notify.signing import signature_of

ADDRESS = "/api/v1/messages/in"
SECONDS = 10


class GatewayDown(Refused):
    """The server did not answer, or took no text."""

    code = "gateway_down"


def hand_over(*, said: str, sender: str, channel: str = "sms") -> str:
    """Hand one text over; return what became of it. Raises GatewayDown."""
    body = json.dumps(
        {"id": uuid.uuid4().hex, "from": sender, "text": said, "channel": channel}
    ).encode()
    moment = str(int(now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        "X-Timestamp": moment,
        "X-Signature": signature_of(
            secret=settings.MESSAGES_SECRET, timestamp=moment, body=body
        ),
    }
    line = _line()
    try:
        line.request("POST", ADDRESS, body, headers)
        answer = line.getresponse()
        told = json.loads(answer.read())
    except (OSError, HTTPException, ValueError) as error:
        raise GatewayDown(type(error).__name__) from None
    finally:
        line.close()
    if answer.status != 200:
        raise GatewayDown(f"{answer.status} {told.get('code', '')}")
    return str(told["state"])


def _line() -> HTTPConnection:
    at = urlsplit(settings.SITE_URL)
    kind = HTTPSConnection if at.scheme == "https" else HTTPConnection
    return kind(at.hostname or "localhost", at.port, timeout=SECONDS)
