"""Who sees which field of a person. Every field has a class, every role its classes.

A role that is not listed sees nothing. Sealed numbers are shown with a mask; opening
one needs a permission of its own, a reason, and is written down.
"""

from collections.abc import Iterable
from enum import StrEnum


class FieldClass(StrEnum):
    """How close to the person a field is."""

    IDENTITY = "identity"
    PERSONAL = "personal"
    BELIEF = "belief"
    HEALTH = "health"
    SEALED = "sealed"


FIELDS: dict[str, FieldClass] = {
    "name": FieldClass.IDENTITY,
    "sex": FieldClass.IDENTITY,
    "status": FieldClass.IDENTITY,
    "relation": FieldClass.IDENTITY,
    "place": FieldClass.IDENTITY,
    "temporary_id": FieldClass.IDENTITY,
    "born_on": FieldClass.PERSONAL,
    "birth_place": FieldClass.PERSONAL,
    "address": FieldClass.PERSONAL,
    "education": FieldClass.PERSONAL,
    "occupation": FieldClass.PERSONAL,
    "marital_status": FieldClass.PERSONAL,
    "citizenship": FieldClass.PERSONAL,
    "father_name": FieldClass.PERSONAL,
    "mother_name": FieldClass.PERSONAL,
    "religion": FieldClass.BELIEF,
    "blood_type": FieldClass.HEALTH,
    "nik": FieldClass.SEALED,
    "kk": FieldClass.SEALED,
    "phone": FieldClass.SEALED,
}
_OFFICE = frozenset({FieldClass.IDENTITY, FieldClass.PERSONAL, FieldClass.SEALED})
_VILLAGE = _OFFICE | {FieldClass.BELIEF, FieldClass.HEALTH}

# Role names as in accounts.roles; text, so that this file stays pure and low.
CLASSES: dict[str, frozenset[FieldClass]] = {
    "village_head": _VILLAGE,
    "village_officer": _VILLAGE,
    "kecamatan_officer": _OFFICE,
    "dinsos": _OFFICE,
    "rw_head": _OFFICE,
    "rt_head": _OFFICE,
    "puskesmas_officer": frozenset(
        {FieldClass.IDENTITY, FieldClass.PERSONAL, FieldClass.HEALTH}
    ),
}


def fields_seen(roles: Iterable[str]) -> frozenset[str]:
    """Return the fields that somebody with these roles over the person sees."""
    classes = {kind for role in roles for kind in CLASSES.get(role, ())}
    return frozenset(name for name, kind in FIELDS.items() if kind in classes)
