"""Words for the codes on these pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.residents.siak import CodeList

STATUS: dict[str, tuple[Promise, str]] = {
    "living": (_("living"), "ok"),
    "dead": (_("died"), "off"),
    "moved": (_("moved away"), "off"),
    "missing": (_("missing"), "wait"),
    "merged": (_("merged"), "off"),
}
SEX: dict[str, Promise] = {"L": _("Man"), "P": _("Woman")}
LABELS: dict[str, Promise] = {
    "nik": _("NIK"),
    "kk": _("Family card number"),
    "phone": _("Telephone"),
    "temporary_id": _("Temporary number"),
    "sex": _("Sex"),
    "born_on": _("Born on"),
    "birth_place": _("Born in"),
    "relation": _("In the family"),
    "place": _("Lives in"),
    "address": _("Address"),
    "marital_status": _("Marital status"),
    "religion": _("Religion"),
    "education": _("Education"),
    "occupation": _("Occupation"),
    "citizenship": _("Citizenship"),
    "blood_type": _("Blood type"),
    "father_name": _("Father"),
    "mother_name": _("Mother"),
}
CODED: dict[str, CodeList] = {
    "relation": CodeList.RELATION,
    "marital_status": CodeList.MARITAL_STATUS,
    "religion": CodeList.RELIGION,
    "education": CodeList.EDUCATION,
    "occupation": CodeList.OCCUPATION,
    "citizenship": CodeList.CITIZENSHIP,
    "blood_type": CodeList.BLOOD_TYPE,
}
# What somebody looked for, by the purpose written in the access log.
PURPOSES: dict[str, Promise] = {
    "frontline.neighbourhood": _("In the list of a neighbourhood"),
    "frontline.call": _("Opened the telephone number, to call"),
    "resident.find": _("Looked up by NIK"),
    "resident.search": _("In a list of people found by name"),
    "resident.page": _("Opened this page"),
    "resident.looks": _("Looked who had looked"),
    "resident.reveal": _("Opened a number"),
    "resident.nik": _("Saw the NIK in full"),
    "resident.kk": _("Saw the family card number in full"),
    "resident.phone": _("Saw the telephone number in full"),
    "resident.nik_claim": _("Compared two people who claim one NIK"),
    "resident.nik_claims": _("In the list of contested NIKs"),
    "resident.life_event": _("Wrote down what happened"),
    "resident.life_events": _("In the list of events"),
    "resident.correction": _("Handled a correction of this record"),
    "resident.corrections": _("In the list of corrections"),
    "resident.duplicate": _("Compared two records that may be of one person"),
    "resident.duplicates": _("In the list of records to compare"),
    "resident.candidates": _("Shown as alike while a person was entered"),
    "family.page": _("Opened the family's page"),
    "family.list": _("In a list of families of a place"),
    "identity.page": _("Asked Dukcapil about the person"),
    "identity.check": _("Compared with Dukcapil"),
    "quality.findings": _("In a list of records to mend"),
    "import.preview": _("In the preview of a village file"),
    "import.review": _("Compared with a village file"),
    "export": _("In a file that was taken out of the registry"),
    "resident.statement": _("Printed a statement for the resident"),
    "resident.consents": _("Looked at what the family agrees to"),
    "own.opened": _("Opened the family's own data"),
    "own.copy": _("Took a copy of the family's own data"),
    "aid.outcome": _("Read the decision about aid"),
    "aid.claim": _("Opened a report of missing aid"),
    "aid.claim_list": _("In a list of reports of missing aid"),
    "aid.match": _("Compared with a report of missing aid"),
    "aid.batch": _("In the list of a hand-over of aid"),
    "aid.cycle": _("In the list of whom the village proposes for aid"),
    "targeting.ranking": _("In the ranking of a recovery scenario"),
    "isolation.aid": _("Looked at the aid of somebody in isolation"),
    "aid.hand_over": _("Prepared a hand-over of aid"),
    "isolation.arrival": _("Looked after an isolation"),
}
