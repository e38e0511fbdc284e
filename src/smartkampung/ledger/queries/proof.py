"""The whole ledger looked at once: every signature, every sum, every guard."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import Any

from django.db import connection

from smartkampung.audit.queries import proof as diary
from smartkampung.kernel.chains import Fault
from smartkampung.kernel.sealed import blind_indexes
from smartkampung.kernel.snapshot import (
    EVERY,
    one_moment,
    passing,
    possible_moment,
    text_of_moment,
)
from smartkampung.ledger.models import Account, Transfer
from smartkampung.ledger.queries import accounts_that_disagree
from smartkampung.ledger.queries.guards import fallen_guards
from smartkampung.ledger.rules.chain import (
    ACCOUNT,
    CHECKPOINT_KIND,
    LINK,
    SEAL,
    TRANSFER,
    SealFacts,
    account_text,
    link_text,
    seal_text,
)
from smartkampung.ledger.rules.faults import Kind, Proof, against_checkpoint, gaps

Tell = Callable[[int, int], None]


def one_field(column: str) -> str:
    """Return SQL for a column without the separators of what is signed."""
    return f"translate({column}, E'\\x1e\\x1f', E'\\x1d\\x1d')"


# The entries of a transfer, and the whole of it, as rules.chain.transfer_text has them.
LEGS = f"""
    string_agg(E'\\x1f' || {one_field("account_id")} || E'\\x1e' || amount, ''
        ORDER BY account_id COLLATE "C", amount) AS legs
"""
# A separator that somebody wrote into a field becomes one that no signed text has.
TEXT_OF_TRANSFER = f"""
    concat_ws(E'\\x1f', {one_field("t.key")}, {one_field("t.kind")},
        {text_of_moment("t.at")},
        {one_field("t.by")})
    || coalesce(entries.legs, '')
"""
CHAIN = f"""
    SELECT t.id, t.mac, {TEXT_OF_TRANSFER}, l.position, l.transfer_number, l.seal_id, l.mac
    FROM ledger_chainlink l
    FULL JOIN ledger_transfer t ON t.id = l.transfer_number
    LEFT JOIN (
        SELECT transfer_id, {LEGS} FROM ledger_entry GROUP BY transfer_id
    ) entries ON entries.transfer_id = t.id
    ORDER BY l.position NULLS LAST, t.id
"""
SEALS = f"""
    SELECT number, first, last, {possible_moment("sealed_at")}, encode(mac, 'hex')
    FROM ledger_seal WHERE number >= %s ORDER BY number
"""
UNBALANCED = """
    SELECT DISTINCT e.transfer_id FROM ledger_entry e
    JOIN ledger_account a ON a.code = e.account_id
    GROUP BY e.transfer_id, a.commodity HAVING sum(e.amount) <> 0 ORDER BY 1
"""
ORPHANS = """
    SELECT e.id FROM ledger_entry e
    LEFT JOIN ledger_transfer t ON t.id = e.transfer_id
    LEFT JOIN ledger_account a ON a.code = e.account_id
    WHERE t.id IS NULL OR a.code IS NULL ORDER BY 1
"""
# Of two with one key, the one that stands further back in the chain is the copy.
REPEATED = """
    SELECT id FROM (
        SELECT t.id, row_number() OVER (
            PARTITION BY key ORDER BY l.position NULLS LAST, t.id) AS nth
        FROM ledger_transfer t
        LEFT JOIN ledger_chainlink l ON l.transfer_number = t.id
        WHERE t.key IN (SELECT key FROM ledger_transfer GROUP BY key HAVING count(*) > 1)
    ) numbered WHERE nth > 1 ORDER BY 1
"""
BELOW_ZERO = """
    SELECT code FROM ledger_account WHERE balance < 0 AND NOT may_go_below_zero ORDER BY 1
"""


def signed_so(mac: bytes, text: str, purpose: str) -> bool:
    """Say whether a signature is of this text, under any key that was in use."""
    return bytes(mac) in blind_indexes(text, purpose)


def verify(
    *, kept: Iterable[SealFacts] = (), tell: Tell = lambda done, total: None
) -> Proof:
    """Look at the whole ledger, at one moment of it, and return everything wrong.

    ``kept`` are seals of a checkpoint. Writers do not wait.
    """
    remembered = list(kept)
    with one_moment():
        seals = {seal.number: seal for seal in seal_facts()}
        look = _Look(seals, total=Transfer.objects.count(), tell=tell)
        look.through()
        faults = [
            *look.faults,
            *gaps(look.positions, last=_end([*seals.values(), *remembered])),
            *look.seals_that_do_not_fit(),
            *against_checkpoint(remembered, seals),
            *_listed(UNBALANCED, Kind.UNBALANCED, "transfer"),
            *_listed(ORPHANS, Kind.ORPHAN, "entry"),
            *_listed(REPEATED, Kind.REPEATED, "transfer"),
            *_accounts_that_changed(),
            *(
                Fault(Kind.BALANCE, "account", code)
                for code in accounts_that_disagree()
            ),
            *_listed(BELOW_ZERO, Kind.BELOW_ZERO, "account"),
            *fallen_guards(),
        ]
    return Proof(look.total, len(seals), look.waiting, tuple(faults))


def seal_facts(*, since: int = 0) -> list[SealFacts]:
    """Return the seals from that number on, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(SEALS, [since])
        return [SealFacts(*row) for row in cursor.fetchall()]


def checkpoint() -> dict[str, object]:
    """Return what an auditor keeps: no name and no amount, only seals.

    Those of the ledger, and those of the diary of events.
    """
    events = diary.as_checkpoint(diary.seal_facts())
    return {**as_checkpoint(seal_facts()), "event_seals": events}


def as_checkpoint(seals: Iterable[SealFacts]) -> dict[str, object]:
    """Return seals as ``rules.chain.read_checkpoint`` reads them."""
    rows = [{**vars(seal), "sealed_at": seal.sealed_at.isoformat()} for seal in seals]
    return {"kind": CHECKPOINT_KIND, "seals": rows}


def _end(seals: Iterable[SealFacts]) -> int:
    return max((seal.last for seal in seals), default=0)


class _Look:
    """One pass over transfers and links in the order of the chain."""

    def __init__(self, seals: dict[int, SealFacts], *, total: int, tell: Tell) -> None:
        self.seals, self.total, self.tell = seals, total, tell
        self.faults: list[Fault] = []
        self.positions: list[int] = []
        self.waiting = 0
        self._stretches: dict[int, Any] = {}

    def through(self) -> None:
        for done, row in enumerate(passing("ledger_chain", CHAIN), start=1):
            self._see(row)
            if done % EVERY == 0:
                self.tell(min(done, self.total), self.total)

    def _see(self, row: tuple[Any, ...]) -> None:
        transfer, mac, text, position, linked, seal, link_mac = row
        content = self._content(transfer, mac, text)
        if position is None or linked is None or seal is None:
            self.waiting += 1
            return
        self.positions.append(position)
        self._stretches.setdefault(seal, sha256()).update(bytes(link_mac))
        if transfer is None:
            self.faults.append(Fault(Kind.DELETED, "transfer", linked))
        elif content is not None:
            says = link_text(
                position=position, transfer=linked, seal=seal, mac=content.hex()
            )
            if not signed_so(link_mac, says, LINK):
                self.faults.append(Fault(Kind.MOVED, "transfer", linked))

    def _content(
        self,
        transfer: int | None,
        mac: bytes | None,
        text: str | None,
    ) -> bytes | None:
        """Return the signature of what a transfer says; note one that is not right."""
        if transfer is None or text is None:
            return None
        if mac is None:
            self.faults.append(Fault(Kind.UNSIGNED, "transfer", transfer))
            return None
        if not signed_so(mac, text, TRANSFER):
            self.faults.append(Fault(Kind.CHANGED, "transfer", transfer))
            return None
        return bytes(mac)

    def seals_that_do_not_fit(self) -> Iterator[Fault]:
        before = ""
        for number in range(1, max([*self.seals, *self._stretches], default=0) + 1):
            seal = self.seals.get(number)
            if seal is None:
                yield Fault(Kind.SEAL_MISSING, "seal", number)
                before = ""
                continue
            links = self._stretches.get(number, sha256()).hexdigest()
            says = seal_text(
                number=number,
                first=seal.first,
                last=seal.last,
                at=seal.sealed_at,
                links=links,
                before=before,
            )
            if not signed_so(bytes.fromhex(seal.mac), says, SEAL):
                yield Fault(Kind.SEAL_BROKEN, "seal", number)
            before = seal.mac


def _listed(sql: str, kind: Kind, subject: str) -> Iterator[Fault]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        for (number,) in cursor.fetchall():
            yield Fault(kind, subject, number)


def _accounts_that_changed() -> Iterator[Fault]:
    """Yield accounts that say something else than what was signed."""
    for account in Account.objects.order_by("code"):
        if account.mac is None:
            yield Fault(Kind.UNSIGNED, "account", account.code)
        elif not _says_what_was_signed(account):
            yield Fault(Kind.CHANGED, "account", account.code)


def _says_what_was_signed(account: Account) -> bool:
    try:
        text = account_text(
            code=account.code,
            commodity=account.commodity,
            may_go_below_zero=account.may_go_below_zero,
        )
    except ValueError:  # a separator, which the program never writes
        return False
    return signed_so(bytes(account.mac or b""), text, ACCOUNT)
