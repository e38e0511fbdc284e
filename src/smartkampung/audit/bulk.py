"""Puts events under seals, minutes after they were written."""

from datetime import datetime
from hashlib import sha256

from django.db import connection, transaction

from smartkampung.audit.models import EventSeal
from smartkampung.audit.queries.proof import SAID, last_seal, signed_so
from smartkampung.audit.rules import SEAL, line, seal_text
from smartkampung.kernel.sealed import blind_index

AT_ONCE = 20_000  # events under one seal
# An event may commit after others with higher numbers: so many seals back is looked for
# those, a day where something happens every five minutes. ``verify`` reads everything.
BACK = 300
WAITING = f"""
    WITH late AS MATERIALIZED (
        SELECT unnest(events) AS id FROM audit_eventseal WHERE number > %(after)s
    )
    SELECT {SAID} FROM audit_event e
    WHERE e.id > %(since)s AND NOT EXISTS (SELECT FROM late WHERE late.id = e.id)
        AND (%(after)s <= 0 OR e.id >= (SELECT min(id) FROM late))
    ORDER BY e.id LIMIT %(count)s
"""


def seal_events(*, at: datetime) -> int:
    """Put every event that has no seal yet under one; return how many.

    One without a right signature stays outside, where ``verify`` names it.
    """
    sealed = 0
    while count := _seal_some(at):
        sealed += count
    return sealed


def _seal_some(at: datetime) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('audit.seal'))")
        last = last_seal()
        number = last.number + 1 if last else 1
        signed = _signed(after=number - BACK)
        if not signed:
            return 0
        digest = sha256(b"".join(line(event, mac) for event, mac in signed))
        text = seal_text(
            number=number,
            at=at,
            events=digest.hexdigest(),
            before=bytes(last.mac).hex() if last else "",
        )
        EventSeal.objects.create(
            number=number,
            sealed_at=at,
            events=[event for event, _mac in signed],
            mac=blind_index(text, SEAL),
        )
        return len(signed)


def _signed(*, after: int) -> list[tuple[int, bytes]]:
    """Return events that wait and are signed as they are, with their signatures.

    However many wait without a right signature, those behind them are still reached.
    """
    found: list[tuple[int, bytes]] = []
    since = 0
    with connection.cursor() as cursor:
        while True:
            told = {"after": after, "since": since, "count": AT_ONCE}
            cursor.execute(WAITING, told)
            rows = cursor.fetchall()
            for event, mac, *said in rows:
                if mac is not None and signed_so(bytes(mac), said):
                    found.append((event, bytes(mac)))
            if found or len(rows) < AT_ONCE:
                return found
            since = rows[-1][0]
