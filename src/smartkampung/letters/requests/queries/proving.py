"""What a stranger with a paper is told: whether it holds, and with its code, its words."""

import hmac

from django.db import connection
from django.db.models import Q

from smartkampung.kernel.clock import day
from smartkampung.kernel.rls import as_job
from smartkampung.letters.requests.models import Letter
from smartkampung.letters.requests.queries.letters import lines_printed
from smartkampung.letters.requests.rules.paper import Line
from smartkampung.letters.signing.rules.verdicts import Proof, Standing

# Opens this one letter to whoever asks (row-level security), for this transaction.
_OPEN = "SELECT set_config('sk.letter', %s, true)"
_PROOF = """
    SELECT l.kind, l.village_code, e.text, l.signed_at, l.valid_until, l.facts_hash,
        l.revoked_at, l.replaced_by_id, l.sha256, l.issued_at
    FROM requests_letter l JOIN requests_bookentry e ON e.id = l.entry_id
    WHERE l.code = %s
"""


def proof(code: str) -> Proof | None:
    """Return how a letter stands, and nothing of a person; None for an unknown code."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [code])
        cursor.execute(_PROOF, [code])
        row = cursor.fetchone()
    if row is None:
        return None
    kind, village, text, signed_at, until, facts_hash, revoked_at, *others = row
    replaced, sha256, issued_at = others
    standing = Standing.VALID if issued_at else Standing.NOT_ISSUED
    if revoked_at is not None:
        standing = Standing.REPLACED if replaced else Standing.REVOKED
    return Proof(
        code=code,
        standing=standing,
        kind=kind,
        village_code=village,
        number=text,
        issued_on=day(signed_at),
        valid_until=until,
        facts_print=bytes(facts_hash),
        ended_on=day(revoked_at) if revoked_at else None,
        sha256=bytes(sha256),
    )


def printed(code: str, holder_code: str, lang: str) -> list[Line] | None:
    """Return what stands on a paper to who knows its holder's code; else None.

    In the language in which it was written, whatever ``lang`` is: it is shown as it is.
    """
    with as_job():
        letter = Letter.objects.filter(code=code, issued_at__isnull=False).first()
    kept = letter.holder_code.open() if letter else ""
    right = hmac.compare_digest(kept.encode(), holder_code.upper().encode())
    return lines_printed(letter) if letter and right else None


def revoked() -> list[str]:
    """Return the codes of all letters that were revoked, replaced or given up."""
    with as_job():
        ended = Q(revoked_at__isnull=False) | Q(given_up_at__isnull=False)
        rows = Letter.objects.filter(ended).order_by("revoked_at", "pk")
        return list(rows.values_list("code", flat=True))
