"""The whole diary of events looked at once: every signature and every seal."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from django.db import connection

from smartkampung.audit.models import EventSeal
from smartkampung.audit.rules import (
    EVENT,
    SEAL,
    Kind,
    Proof,
    Said,
    SealFacts,
    against_checkpoint,
    line,
    seal_text,
)
from smartkampung.kernel.chains import Fault
from smartkampung.kernel.sealed import blind_indexes
from smartkampung.kernel.snapshot import (
    one_moment,
    passing,
    possible_moment,
    text_of_moment,
)

SAID = f"""
    e.id, e.mac, {text_of_moment("e.at")}, e.name, e.by, e.target_kind, e.target_id,
    e.region_code, e.detail::text
"""
SEALED = f"""
    SELECT s.number, place.id, {SAID}
    FROM audit_eventseal s
    CROSS JOIN LATERAL unnest(s.events) WITH ORDINALITY AS place (id, nth)
    LEFT JOIN audit_event e ON e.id = place.id
    ORDER BY s.number, place.nth
"""
WAITING = f"""
    SELECT {SAID} FROM audit_event e
    WHERE NOT EXISTS (
        SELECT FROM (SELECT unnest(events) AS id FROM audit_eventseal) sealed
        WHERE sealed.id = e.id)
    ORDER BY e.id
"""
TWICE = """
    SELECT id FROM (SELECT unnest(events) AS id FROM audit_eventseal) sealed
    GROUP BY id HAVING count(*) > 1 ORDER BY id
"""
SEALS = f"""
    SELECT number, cardinality(events), {possible_moment("sealed_at")}, encode(mac, 'hex')
    FROM audit_eventseal WHERE number >= %s ORDER BY number
"""


def verify_events(*, kept: Iterable[SealFacts] = ()) -> Proof:
    """Look at the whole diary, at one moment of it, and return everything wrong.

    ``kept`` are seals of a checkpoint. Writers do not wait.
    """
    with one_moment():
        seals = {seal.number: seal for seal in seal_facts()}
        look = _Look()
        look.through()
        faults = [
            *look.faults,
            *look.seals_that_do_not_fit(seals),
            *_twice(),
            *against_checkpoint(kept, seals),
        ]
    return Proof(look.events, len(seals), look.waiting, tuple(faults))


def seal_facts(*, since: int = 0) -> list[SealFacts]:
    """Return the seals from that number on, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(SEALS, [since])
        return [SealFacts(*row) for row in cursor.fetchall()]


def as_checkpoint(seals: Iterable[SealFacts]) -> list[dict[str, object]]:
    """Return seals as ``rules.read_seals`` reads them: no name and no event."""
    return [{**vars(seal), "sealed_at": seal.sealed_at.isoformat()} for seal in seals]


def signed_so(mac: bytes, row: Iterable[Any]) -> bool:
    """Say whether a signature is of what stands in a row, under any key in use."""
    *fields, detail = row
    text = Said._make([*fields, json.loads(detail)]).text
    return bytes(mac) in blind_indexes(text, EVENT)


class _Look:
    """One pass over all events, seal by seal, and then those that wait for one."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.events = self.waiting = 0
        self._stretches: dict[int, Any] = {}

    def through(self) -> None:
        for seal, event, found, mac, *said in passing("audit_sealed", SEALED):
            stretch = self._stretches.setdefault(seal, sha256())
            if found is None:
                self.faults.append(Fault(Kind.DELETED, "event", event))
                continue
            stretch.update(line(event, bytes(mac or b"")))
            self._see(event, mac, said)
        for event, mac, *said in passing("audit_waiting", WAITING):
            self.waiting += 1
            self._see(event, mac, said)

    def _see(self, event: int, mac: bytes | None, said: Iterable[Any]) -> None:
        self.events += 1
        if mac is None:
            self.faults.append(Fault(Kind.UNSIGNED, "event", event))
        elif not signed_so(mac, said):
            self.faults.append(Fault(Kind.CHANGED, "event", event))

    def seals_that_do_not_fit(self, seals: dict[int, SealFacts]) -> Iterator[Fault]:
        before = ""
        for number in range(1, max(seals, default=0) + 1):
            seal = seals.get(number)
            if seal is None:
                yield Fault(Kind.SEAL_MISSING, "event seal", number)
                before = ""
                continue
            says = seal_text(
                number=number,
                at=seal.sealed_at,
                events=self._stretches.get(number, sha256()).hexdigest(),
                before=before,
            )
            if bytes.fromhex(seal.mac) not in blind_indexes(says, SEAL):
                yield Fault(Kind.SEAL_BROKEN, "event seal", number)
            before = seal.mac


def _twice() -> Iterator[Fault]:
    with connection.cursor() as cursor:
        cursor.execute(TWICE)
        for (number,) in cursor.fetchall():
            yield Fault(Kind.REPEATED, "event", number)


def last_seal() -> EventSeal | None:
    """Return the newest seal."""
    return EventSeal.objects.order_by("-number").first()
