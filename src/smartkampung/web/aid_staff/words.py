"""What states, steps and kinds of work are called on staff pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.rules.claims import State
from smartkampung.aid.rules.handover import Fault, Outcome

STATES: dict[str, tuple[Promise, str]] = {
    State.TO_CHECK: (_("Village checks"), "wait"),
    State.TO_DECIDE: (_("Kecamatan decides"), "wait"),
    State.APPROVED: (_("Approved, waiting for hand-over"), "info"),
    State.REFUSED: (_("Refused"), "late"),
    State.HANDED_OVER: (_("Handed over"), "ok"),
    State.RETURNED: (_("Returned to the budget"), "off"),
    State.STOPPED: (_("Stopped: died or moved away"), "off"),
}
FINDINGS: dict[str, tuple[Promise, str]] = {
    "matched": (
        _("NIK, family card and birth date agree with the village data."),
        "ok",
    ),
    "nik_unknown": (
        _(
            "NIK, family card and birth date fit nobody in the registry of this regency."
        ),
        "late",
    ),
    "kk_differs": (_("The family card number differs from the registry."), "wait"),
    "birth_date_differs": (_("The birth date differs from the registry."), "wait"),
    "lives_elsewhere": (
        _("According to the registry, they live in another village."),
        "wait",
    ),
    "dead": (_("The registry says that this person has died."), "late"),
    "moved": (_("The registry says that this person has moved away."), "late"),
    "missing": (_("The registry says that this person is missing."), "late"),
    "nik_contested": (_("Two people claim this NIK; that is decided first."), "late"),
    "matched_by_village": (_("The village found this person in the registry."), "ok"),
    "already_receiving": (_("Already on the list of"), "wait"),
}
OUTCOMES: dict[str, tuple[Promise, str]] = {
    Outcome.RECEIVED: (_("Received"), "ok"),
    Outcome.PARTIAL: (_("Received in part"), "wait"),
    Outcome.ABSENT: (_("Was not there"), "wait"),
    Outcome.DECLINED: (_("Declined the aid"), "off"),
}
FAULTS: dict[Fault, tuple[str, Promise]] = {
    Fault.QUANTITY_MISSING: ("quantity", _("Write how much was handed out.")),
    Fault.QUANTITY_NOT_LESS: (
        "quantity",
        _("In part means less than was due. Choose received if it was all."),
    ),
    Fault.PROOF_MISSING: ("proof", _("Choose how the recipient confirms.")),
    Fault.CODE_MISSING: ("code", _("Write the code that the recipient tells you.")),
    Fault.SIGNATURE_OR_PHOTO_MISSING: (
        "signature",
        _("Add a picture of the signature and a photo of the hand-over."),
    ),
}
BATCH_STATES: dict[str, tuple[Promise, str]] = {
    "draft": (_("Being filled"), "wait"),
    "ready": (_("Ready for hand-over"), "info"),
    "closed": (_("Closed"), "off"),
}
UNITS: dict[str, Promise] = {"family": _("per family"), "person": _("per person")}
PERIODS: dict[str, Promise] = {
    "month": _("every month"),
    "quarter": _("every quarter"),
    "once": _("once"),
}
COMPONENTS: dict[str, Promise] = {
    "pregnancy": _("pregnancy"),
    "mother": _("mother"),
    "early_childhood": _("early childhood"),
    "school": _("school"),
    "elderly": _("old age"),
    "disability": _("disability"),
}
REACHES: dict[str, Promise] = {
    "person": _("the same person"),
    "family": _("anybody on the same family card"),
}
EFFECTS: dict[str, tuple[Promise, str]] = {
    "allow": (_("allowed together"), "ok"),
    "warn": (_("look closely"), "wait"),
    "block": (_("not together"), "late"),
}
