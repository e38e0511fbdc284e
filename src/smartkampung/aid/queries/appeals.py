"""The code on a letter of refusal, with which anybody who holds it may object.

It is worked out from the decision with a key that lives outside the database, so that
a letter printed twice has one code and nothing about it is kept.
"""

import hmac

from smartkampung.aid.models import Decision, Objection
from smartkampung.intake.rules import ALPHABET, CODE_LENGTH, grouped, read_code
from smartkampung.kernel.rls import as_job
from smartkampung.kernel.sealed import blind_index, blind_indexes

PURPOSE = "aid.appeal"
BITS = 5


def appeal_code(decision_id: int) -> str:
    """Return the code that stands on the letter of a decision: 60 bits, as printed."""
    return _letters(blind_index(str(decision_id), PURPOSE))


def refusal_by_code(*, number: int, typed: str) -> Decision | None:
    """Return the refusal whose letter has this number and code; nothing for others."""
    code = read_code(typed)
    if code is None or not _fits(number, code):
        return None
    with as_job():
        rows = Decision.objects.filter(pk=number, approved=False)
        return rows.select_related("claim__person", "programme").first()


def objection_to(decision: Decision) -> Objection | None:
    """Return the objection to a decision, for whoever holds its letter."""
    with as_job():
        rows = Objection.objects.select_related("claim")
        return rows.filter(decision=decision).first()


def _fits(number: int, code: str) -> bool:
    # Under every live key: a letter outlives the change of a key.
    fingerprints = blind_indexes(str(number), PURPOSE)
    return any(hmac.compare_digest(_letters(one), code) for one in fingerprints)


def _letters(fingerprint: bytes) -> str:
    # The first byte is the version of the key.
    number = int.from_bytes(fingerprint[1:9], "big")
    picked = [(number >> BITS * at) % len(ALPHABET) for at in range(CODE_LENGTH)]
    return grouped("".join(ALPHABET[one] for one in picked))
