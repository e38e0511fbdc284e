"""A phone that writes to the regency, and what it is answered."""

import itertools
import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from smartkampung.frontline.texting.actions.receive import Taken, Text, receive
from smartkampung.frontline.texting.models import Assist, FullDay
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import blind_indexes
from smartkampung.notify.models import Message
from smartkampung.notify.signing import signature_of
from smartkampung.notify.texts import text_of
from tests.reporting import FAMILY_PHONE

STRANGER = "+6285711112222"
ADDRESS = "/api/v1/messages/in"
_numbers = itertools.count(1)


def write(said: str, *, at: datetime, phone: str = FAMILY_PHONE) -> str:
    """Write a text; return what comes back."""
    number = f"gw-{next(_numbers)}"
    act_as(Kind.PUBLIC)
    before = set(Message.objects.values_list("pk", flat=True))
    taken = receive(Text(number, phone, said, "sms"), at=at)
    assert taken in (Taken.ANSWERED, Taken.LIMITED)
    news = [row for row in Message.objects.order_by("pk") if row.pk not in before]
    assert all(row.address.open() == phone for row in news)
    act_as(Kind.JOB)
    return " ".join(words(row) for row in news)


def words(row: Message) -> str:
    """Return what a message says."""
    secret = row.secret.open() if row.secret else ""
    return text_of(
        row.template, context=row.context, language=row.language, secret=secret
    )


KEEPERS = (
    *("texting_received", "texting_conversation", "texting_assist", "notify_message"),
    *("audit_event", "worklist_workitem", "intake_hitcount", "procrastinate_jobs"),
)


def everything_kept() -> str:
    """Return every row that a text may have left, as the database would dump it."""
    tables = " UNION ALL ".join(f"SELECT t::text FROM {name} t" for name in KEEPERS)
    with connection.cursor() as cursor:
        cursor.execute(tables)
        return "\n".join(row for (row,) in cursor.fetchall())


def assist_of(phone: str = FAMILY_PHONE) -> Assist:
    """Return the one request for help that a phone made."""
    return Assist.objects.get(phone_index__in=blind_indexes(phone, "phone"))


def an_assist() -> Assist:
    """Let somebody at RT_HERE ask to be called."""
    phone = f"+62852{next(_numbers):08}"
    for said in ("LAPOR", "2", "Sumberwangi Lereng RT 7 RW 2"):
        write(said, at=now(), phone=phone)
    return assist_of(phone)


def a_full_day() -> FullDay:
    """Let the answers of this day be used up."""
    return FullDay.objects.create(on=now().date(), most=3_000, since=now())


def post(client: Client, body: dict[str, Any], **changes: str) -> Any:
    """Hand a text over as the gateway does; ``changes`` spoil its headers."""
    content = json.dumps(body).encode()
    moment = changes.get("moment", str(int(now().timestamp())))
    secret = changes.get("secret", settings.MESSAGES_SECRET)
    right = signature_of(secret=secret, timestamp=moment, body=content)
    return client.post(
        ADDRESS,
        content,
        content_type="application/json",
        headers={
            "X-Timestamp": moment,
            "X-Signature": changes.get("signature", right),
        },
    )
