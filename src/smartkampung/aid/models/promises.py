"""Promises that a CHECK constraint cannot make, as triggers with a name."""

import pgtrigger

from smartkampung.kernel.promises import append_only as append_only
from smartkampung.kernel.promises import refuse_when as refuse_when


def refuse_under_lock(name: str, condition: str, words: str) -> pgtrigger.Trigger:
    """Refuse a new row about an entitlement, with the entitlement locked first.

    A trigger sees only what was committed: without the lock a hand-over and a payment
    at one moment would not see each other.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            PERFORM FROM aid_entitlement WHERE id = NEW.entitlement_id
                FOR NO KEY UPDATE;
            IF {condition} THEN
                RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation',
                    CONSTRAINT = '{name}';
            END IF;
            RETURN NEW;
        """,
    )
