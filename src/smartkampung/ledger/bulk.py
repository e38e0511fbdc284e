"""Writing a movement in one statement, and many of them into the chain."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from django.db import connection, transaction

from smartkampung.kernel.sealed import blind_index
from smartkampung.ledger.models import ChainLink, Seal
from smartkampung.ledger.queries.proof import LEGS, TEXT_OF_TRANSFER, signed_so
from smartkampung.ledger.rules.chain import (
    LINK,
    SEAL,
    TRANSFER,
    link_text,
    seal_text,
    transfer_text,
)

AT_ONCE = 20_000  # transfers under one seal
# A transfer may commit after others with higher numbers; so far back is looked for
# those. ``verify`` reads everything.
LATE = 100_000
WAITING = f"""
    SELECT t.id, t.mac, {TEXT_OF_TRANSFER}
    FROM ledger_transfer t
    LEFT JOIN LATERAL (
        SELECT {LEGS} FROM ledger_entry WHERE transfer_id = t.id
    ) entries ON true
    WHERE t.id > %(since)s
        AND NOT EXISTS (SELECT FROM ledger_chainlink WHERE transfer_number = t.id)
    ORDER BY t.id LIMIT %(count)s
"""
# By place and not by number, because a number can be written by anybody.
NOT_BEFORE = """
    SELECT transfer_number FROM ledger_chainlink ORDER BY position DESC OFFSET %s LIMIT 1
"""


class Written(NamedTuple):
    """The number of a movement, and the commodity of each account it met."""

    number: int
    commodities: dict[str, str]


# A movement is five writes; one after another they took three times as long.
WRITE = """
    WITH legs AS (
        SELECT * FROM unnest(%(accounts)s::text[], %(amounts)s::bigint[]) AS l (account, amount)
    ), movement AS (
        INSERT INTO ledger_transfer (key, kind, at, by, mac)
        VALUES (%(key)s, %(kind)s, %(at)s, %(by)s, %(mac)s)
        ON CONFLICT (key) DO NOTHING RETURNING id
    ), entries AS (
        INSERT INTO ledger_entry (transfer_id, account_id, amount)
        SELECT movement.id, legs.account, legs.amount FROM movement, legs
    ), balances AS (
        UPDATE ledger_account a SET balance = balance + moved.amount
        FROM (SELECT account, sum(amount) AS amount FROM legs GROUP BY account) moved, movement
        WHERE a.code = moved.account
        RETURNING a.code, a.commodity
    )
    SELECT (SELECT id FROM movement), code, commodity FROM balances
"""


def write_transfer(
    *, key: str, kind: str, legs: Sequence[tuple[str, int]], by: str, at: datetime
) -> Written | None:
    """Write a movement, signed, with its entries and balances; None when the key is used.

    Whoever calls holds the locks, and takes it back when the sums are wrong.
    """
    text = transfer_text(key=key, kind=kind, at=at, by=by, legs=legs)
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            {
                "accounts": [account for account, _amount in legs],
                "amounts": [amount for _account, amount in legs],
                "key": key,
                "kind": kind,
                "at": at,
                "by": by,
                "mac": blind_index(text, TRANSFER),
            },
        )
        rows = cursor.fetchall()
    if not rows:
        return None
    return Written(rows[0][0], {code: commodity for _id, code, commodity in rows})


def seal_waiting(*, at: datetime) -> int:
    """Put every transfer that has no place yet into the chain; return how many.

    Transfers get their places here and not when they are written, so that nobody who
    moves money waits for the chain. One without a right signature stays outside, where
    ``verify`` names it.
    """
    sealed = 0
    while count := _seal_some(at):
        sealed += count
    return sealed


def _seal_some(at: datetime) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger.seal'))")
        last = Seal.objects.order_by("-number").first()
        number = last.number + 1 if last else 1
        first = last.last + 1 if last else 1
        signed = list(islice(_signed(), AT_ONCE))
        if not signed:
            return 0
        links = [
            _link(first + place, transfer, number, mac)
            for place, (transfer, mac) in enumerate(signed)
        ]
        end = first + len(links) - 1
        text = seal_text(
            number=number,
            first=first,
            last=end,
            at=at,
            links=sha256(b"".join(link.mac for link in links)).hexdigest(),
            before=bytes(last.mac).hex() if last else "",
        )
        Seal.objects.create(
            number=number,
            first=first,
            last=end,
            sealed_at=at,
            mac=blind_index(text, SEAL),
        )
        ChainLink.objects.bulk_create(links, batch_size=5_000)
        return len(links)


def _signed() -> Iterator[tuple[int, bytes]]:
    """Yield waiting transfers that are signed as they are, with their signatures.

    However many wait without a right signature, those behind them are still reached.
    """
    with connection.cursor() as rows:
        rows.execute(NOT_BEFORE, [LATE])
        (since,) = rows.fetchone() or (0,)
        while True:
            rows.execute(WAITING, {"since": since, "count": AT_ONCE})
            waiting = rows.fetchall()
            for transfer, mac, text in waiting:
                if mac is not None and signed_so(bytes(mac), text, TRANSFER):
                    yield transfer, bytes(mac)
            if len(waiting) < AT_ONCE:
                return
            since = waiting[-1][0]


def _link(position: int, transfer: int, seal: int, mac: bytes) -> ChainLink:
    text = link_text(position=position, transfer=transfer, seal=seal, mac=mac.hex())
    return ChainLink(
        position=position,
        transfer_number=transfer,
        seal_id=seal,
        mac=blind_index(text, LINK),
    )
