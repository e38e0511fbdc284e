"""How long a text is, when nobody is woken up, and who signed a letter."""

from datetime import datetime
from typing import Any

import pytest

from smartkampung.kernel.clock import WIB
from smartkampung.notify.rules import is_quiet, opens_at, sms_parts
from smartkampung.notify.signing import is_signed, signature_of

AT = datetime(2026, 11, 29, 14, 0, tzinfo=WIB)
STAMP = str(int(AT.timestamp()))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("—" * 70, 1),
        ("—" * 71, 2),
        ("🌋" * 35, 1),
        ("🌋" * 36, 2),
    ],
)
def test_text_messages_are_counted_as_phone_companies_do(text: str, parts: int) -> None:
    assert sms_parts(text) == parts


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [(6, 59, True), (7, 0, False), (19, 59, False), (20, 0, True), (0, 0, True)],
)
def test_quiet_hours(hour: int, minute: int, quiet: bool) -> None:
    at = AT.replace(hour=hour, minute=minute)
    assert is_quiet(at) is quiet
    assert (opens_at(at) > at) is quiet
    assert not is_quiet(opens_at(at))


def signed(**changes: object) -> bool:
    body = b'{"state":"delivered"}'
    right = signature_of(secret="sst", timestamp=STAMP, body=body)
    told: dict[str, Any] = {"secret": "sst", "timestamp": STAMP, "body": body}
    told |= {"signature": right, "at": AT, **changes}
    return is_signed(**told)


def test_who_knows_the_secret_is_believed() -> None:
    assert signed()


@pytest.mark.parametrize(
    "changes",
    [
        {"secret": ""},
        {"secret": "other"},
        {"body": b'{"state":"failed"}'},
        {"signature": ""},
        {"signature": "é"},
        {"timestamp": ""},
        {"timestamp": "²"},
        {"timestamp": "9" * 400},
        {"timestamp": str(int(STAMP) + 1)},
        {"at": AT.replace(minute=6)},
        {"at": AT.replace(hour=13, minute=54)},
    ],
    ids=str,
)
def test_anybody_else_is_not(changes: dict[str, object]) -> None:
    assert not signed(**changes)
