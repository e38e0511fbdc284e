"""Where each fault is mended: the form that changes it, or the page of the record."""

from django.urls import reverse

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.quality.queries import Finding
from smartkampung.quality.rules import About, Fault, about
from smartkampung.residents.rules.corrections import Field
from smartkampung.residents.rules.life import Kind

# What a wish for correction is about; where several fields may be the wrong one, the
# form asks which.
FIELDS: dict[Fault, Field | None] = {
    Fault.NIK_MISSING: Field.NIK,
    Fault.NIK_BIRTH_DATE: None,
    Fault.NIK_SEX: None,
    Fault.BORN_MISSING: Field.BORN_ON,
    Fault.BORN_IMPOSSIBLE: Field.BORN_ON,
    Fault.NAME_IMPOSSIBLE: Field.NAME,
    Fault.SEX_UNKNOWN: Field.SEX,
    Fault.RELATION_MISSING: Field.RELATION,
    Fault.MARRIED_CHILD: None,
    Fault.CODE_UNKNOWN: None,
    Fault.CODE_MISSING: None,
    Fault.OLDER_THAN_PARENT: Field.BORN_ON,
    Fault.KK_MISSING: Field.KK,
    Fault.PHONE_SHARED: Field.PHONE,
}
OF_HEADS = {Fault.NO_HEAD, Fault.TWO_HEADS}


def mended_at(actor: Actor, fault: Fault, finding: Finding) -> str:
    """Return the form that mends a finding, for who may fill it in; else its page."""
    person, place = finding.person, finding.person.region_code
    if fault in FIELDS and actor.may_in(Permission.CORRECTION_ASK, place):
        field = FIELDS[fault]
        if field is None:
            return reverse("life:ask", args=[person.pk])
        return reverse("life:ask_field", args=[person.pk, field])
    if fault in OF_HEADS and actor.may_in(Permission.LIFE_EVENT_RECORD, place):
        args = [finding.family_id, Kind.HEAD_CHANGE]
        return reverse("life:family_event", args=args)
    if about(fault) is About.FAMILY:
        return reverse("people:family", args=[finding.family_id])
    return reverse("people:person", args=[person.pk])
