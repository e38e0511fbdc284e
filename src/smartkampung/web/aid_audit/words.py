"""Words of the pages for auditors."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WAYS: dict[str, Promise] = {
    "handover": _("handed over"),
    "payment": _("paid"),
}
CHANNELS: dict[str, Promise] = {
    "web": _("the web page"),
    "api": _("another program"),
    "assisted": _("with help of the village"),
}
PROOFS: dict[str, Promise] = {
    "none": _("none needed"),
    "one_time_code": _("one-time code of the recipient"),
    "signature": _("signature and photo"),
}
OUTCOMES_OF_OBJECTIONS: dict[str, Promise] = {
    "": _("Waiting for an answer"),
    "upheld": _("The objection is right"),
    "dismissed": _("The refusal stands"),
}
ACTORS: dict[str, Promise] = {
    "public": _("somebody without an account"),
    "family": _("the family itself"),
    "job": _("the program by itself"),
}
OBJECTS: dict[str, Promise] = {
    "aid.claim": _("Claim"),
    "aid.report": _("Report"),
    "aid.objection": _("Objection"),
    "aid.entitlement": _("Entitlement"),
    "aid.batch": _("Batch of hand-overs"),
    "aid.confirmation": _("Confirmation"),
    "aid.complaint": _("Complaint about a cut"),
    "aid.grievance": _("Grievance"),
    "aid.programme": _("Programme"),
    "aid.budgetrequest": _("Wish for budget"),
    "aid.conflict": _("Conflict rule"),
    "criteria.ruleversion": _("Version of a rule"),
    "aid.cycle": _("Cycle"),
    "aid.tranche": _("Tranche"),
    "aid.villagelist": _("Village list"),
    "aid.villagefund": _("Dana Desa of a village"),
    "aid.proposal": _("Proposal"),
    "aid.run": _("Run over many villages"),
    "aid.paymentbatch": _("Batch of payments"),
    "aid.payment": _("Payment"),
    "aid.bankaccount": _("Bank account"),
    "aid.goodsmove": _("Movement of goods"),
    "residents.person": _("Resident"),
    "residents.family": _("Family card"),
    "residents.import": _("Import"),
    "residents.export": _("Export"),
    "residents.correction": _("Correction"),
    "residents.nikclaim": _("Contested NIK"),
    "accounts.staff": _("Account of an officer"),
    "accounts.assignment": _("Office of an officer"),
    "regions.region": _("Region"),
}
FIELDS: dict[str, Promise] = {
    "name": _("Name"),
    "father_name": _("Father"),
    "mother_name": _("Mother"),
    "status": _("Status"),
    "region_code": _("Region code"),
    "relation": _("Place in the family"),
    "family_id": _("Family card"),
    "merged_into_id": _("Record that stands for this one"),
    "nik": _("NIK"),
    "kk": _("Family card number"),
    "phone": _("Phone"),
    "sex": _("Sex"),
    "born_on": _("Birth date"),
    "birth_place": _("Birth place"),
    "religion": _("Religion"),
    "education": _("Education"),
    "occupation": _("Occupation"),
    "marital_status": _("Marital status"),
    "blood_type": _("Blood type"),
    "citizenship": _("Citizenship"),
    "address": _("Address"),
    "dusun": _("Dusun"),
    "temporary_id": _("Temporary number"),
    "language": _("Language"),
}
LABELS: dict[str, Promise] = {
    "insert": _("made"),
    "update": _("changed"),
    "delete": _("deleted"),
}
