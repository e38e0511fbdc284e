"""The code systems that bundles use, and our words in theirs."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

NIK = "https://fhir.kemkes.go.id/id/nik"
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
_TERMS = "http://terminology.hl7.org/CodeSystem"
ACT, IDENTIFIER_TYPE = f"{_TERMS}/v3-ActCode", f"{_TERMS}/v2-0203"
CATEGORY = f"{_TERMS}/observation-category"
PLACE_TYPE = f"{_TERMS}/location-physical-type"
DISPOSITION = f"{_TERMS}/discharge-disposition"
CLINICAL = f"{_TERMS}/condition-clinical"
# Ours, because no national list of them was found; a receiver may ignore them.
CENTRE, CASE_CLASS = "urn:smartkampung:puskesmas", "urn:smartkampung:case-class"

TEMPERATURE = ("8310-5", "Body temperature", "Cel")
SPO2 = ("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry", "%")
GENDER = {"L": "male", "P": "female"}
# Outside a facility, and in one's own home.
SETTING = {False: ("FLD", "field"), True: ("HH", "home health")}
ENCOUNTER = {
    "expected": "planned",
    "present": "in-progress",
    "cancelled": "cancelled",
    "no_show": "cancelled",
}
EPISODE = {"expected": "planned", "present": "active"} | {
    "cancelled": "cancelled",
    "no_show": "cancelled",
}
WENT = {"released": "home", "hospital": "other-hcf", "lost": "aadvice"}
PLACE = {"house": ("ho", "House"), "room": ("ro", "Room"), "bed": ("bd", "Bed")}
LOOK = {None: "requested", True: "completed", False: "failed"}
FINISHED = "finished"


def same_id(kind: str, key: str) -> str:
    """Return the id of a thing, the same each time that it is told."""
    return str(uuid5(NAMESPACE_URL, f"urn:smartkampung:isolation:{kind}:{key}"))


def coding(system: str, code: str, display: str = "") -> dict[str, Any]:
    """Return a Coding."""
    found = {"system": system, "code": code}
    return found | ({"display": display} if display else {})


def concept(system: str, code: str, display: str = "") -> dict[str, Any]:
    """Return a CodeableConcept of one code."""
    return {"coding": [coding(system, code, display)]}


def reference(kind: str, key: str) -> dict[str, Any]:
    """Return a Reference within the bundle."""
    return {"reference": f"urn:uuid:{same_id(kind, key)}"}
