"""Promises that a CHECK constraint cannot make, as triggers with a name."""

import pgtrigger


def append_only(name: str) -> pgtrigger.Protect:
    """Refuse to change or delete rows: they are facts that happened."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


def refuse_when(
    name: str,
    condition: str,
    words: str,
    operation: pgtrigger.Operation = pgtrigger.Insert,
) -> pgtrigger.Trigger:
    """Refuse a row for which a condition over other tables holds.

    The error carries the name as its constraint, so that actions can turn it into
    a refusal like any other.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        func=f"""
            IF {condition} THEN
                RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation',
                    CONSTRAINT = '{name}';
            END IF;
            RETURN NEW;
        """,
    )
