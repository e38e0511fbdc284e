"""Words for the codes on these pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.residents.siak import CodeList

STATUS: dict[str, tuple[Promise, str]] = {
    "living": (_("living"), "ok"),
    "dead": (_("died"), "off"),
    "moved": (_("moved away"), "off"),
    "missing": (_("missing"), "wait"),
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
    "family.page": _("Opened the family's page"),
}
