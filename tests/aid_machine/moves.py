"""What may follow what, written down a second time and apart from the program."""

from django.db import connection

State = tuple[str, int]

BEGINS: dict[str, set[str]] = {
    "claim": {"to_check"},
    "list": {"proposing"},
    "proposal": {"proposed"},
    "batch": {"draft"},
    "payments": {"draft"},
    "payment": {"chosen"},
    "objection": {"waiting"},
    "cash": {"due"},
    "pack": {"due"},
    "meeting": {"none"},
}
MOVES: dict[str, set[tuple[str, str]]] = {
    "claim": {
        ("to_check", "to_decide"),
        ("to_decide", "approved"),
        ("to_decide", "refused"),
        ("approved", "handed_over"),
        ("approved", "returned"),
        ("refused", "to_check"),
    },
    "list": {
        ("proposing", "verifying"),
        ("verifying", "deciding"),
        ("deciding", "approving"),
        ("approving", "approved"),
        ("verifying", "proposing"),
        ("deciding", "proposing"),
        ("approving", "proposing"),
    },
    "proposal": {
        ("proposed", "verified"),
        ("proposed", "unfit"),
        # The last visit hands the list on, without whom the registry bars.
        ("proposed", "excluded"),
        ("verified", "enrolled"),
        ("verified", "waiting"),
        ("verified", "excluded"),
        ("waiting", "enrolled"),
        ("waiting", "excluded"),
        ("enrolled", "suspended"),
        ("enrolled", "stopped"),
        ("suspended", "enrolled"),
        ("suspended", "stopped"),
        # Back to the village, everything is looked at anew.
        ("verified", "proposed"),
        ("unfit", "proposed"),
        ("excluded", "verified"),
    },
    "batch": {("draft", "ready"), ("ready", "closed")},
    "payments": {
        ("draft", "approved"),
        ("approved", "draft"),
        ("approved", "sent"),
        ("sent", "reconciled"),
    },
    "payment": {
        ("chosen", "in_transit"),
        ("chosen", "withdrawn"),
        ("in_transit", "paid"),
        ("in_transit", "failed"),
    },
    "objection": {("waiting", "upheld"), ("waiting", "dismissed")},
    "cash": {("due", "given back")},
    "pack": {("due", "given back")},
    "meeting": {("none", "held")},
}
# Nothing is undone that a person already has, or that the bank was told.
MAY_VANISH = {("proposal", "proposed"), ("payment", "chosen"), ("batch", "draft")}
NOW = """
    SELECT 'claim', id, state FROM aid_claim
    UNION ALL SELECT 'list', id, state FROM aid_villagelist
    UNION ALL SELECT 'proposal', id, state FROM aid_proposal
    UNION ALL SELECT 'batch', id, state FROM aid_batch
    UNION ALL SELECT 'payments', id, state FROM aid_paymentbatch
    UNION ALL SELECT 'payment', id, state FROM aid_payment
    UNION ALL SELECT 'objection', id, coalesce(nullif(outcome, ''), 'waiting')
        FROM aid_objection
    UNION ALL SELECT CASE WHEN claim_id IS NULL THEN 'cash' ELSE 'pack' END,
        id, CASE WHEN cancelled THEN 'given back' ELSE 'due' END FROM aid_entitlement
    UNION ALL SELECT 'meeting', id, CASE WHEN meeting_id IS NULL THEN 'none'
        ELSE 'held' END FROM aid_villagelist
"""


def states() -> dict[State, str]:
    """Return where everything stands now."""
    with connection.cursor() as cursor:
        cursor.execute(NOW)
        return {(kind, number): state for kind, number, state in cursor.fetchall()}


def skipped(before: dict[State, str], after: dict[State, str]) -> list[str]:
    """Return every step that is not one: a jump, an odd beginning, something gone."""
    wrong = []
    for (kind, number), state in after.items():
        was = before.get((kind, number))
        if was is None and state not in BEGINS[kind]:
            wrong.append(f"{kind} {number} begins as {state}")
        if was not in (None, state) and (was, state) not in MOVES[kind]:
            wrong.append(f"{kind} {number} went from {was} to {state}")
    for (kind, number), was in before.items():
        if (kind, number) not in after and (kind, was) not in MAY_VANISH:
            wrong.append(f"{kind} {number} vanished as {was}")
    return wrong
