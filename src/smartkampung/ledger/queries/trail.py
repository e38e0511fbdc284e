"""Some transfers with all that proves them: entries, signature, place in the chain."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from smartkampung.ledger.models import ChainLink, Transfer


@dataclass(frozen=True)
class Movement:
    """One transfer as an auditor compares it; no place in the chain yet is None."""

    number: int
    key: str
    kind: str
    at: datetime
    by: str
    legs: tuple[tuple[str, int], ...]
    signature: str
    position: int | None
    seal: int | None
    link: str


def movements(keys: Iterable[str], beginnings: Iterable[str] = ()) -> list[Movement]:
    """Return the transfers with these keys, or keys that begin so, in order."""
    wanted = Q(key__in=list(keys))
    for beginning in beginnings:
        wanted |= Q(key__startswith=beginning)
    rows = Transfer.objects.filter(wanted).prefetch_related("entries").order_by("pk")
    links = {
        link.transfer_number: link
        for link in ChainLink.objects.filter(
            transfer_number__in=[row.pk for row in rows]
        )
    }
    return [_movement(row, links.get(row.pk)) for row in rows]


def _movement(row: Transfer, link: ChainLink | None) -> Movement:
    entries = sorted(row.entries.all(), key=lambda entry: entry.pk)
    return Movement(
        number=row.pk,
        key=row.key,
        kind=row.kind,
        at=row.at,
        by=row.by,
        legs=tuple((entry.account_id, entry.amount) for entry in entries),
        signature=bytes(row.mac or b"").hex(),
        position=link.position if link else None,
        seal=link.seal_id if link else None,
        link=bytes(link.mac).hex() if link else "",
    )
