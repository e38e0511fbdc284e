"""What a text for everybody should perhaps not say: who is ill, or how to reach whom.

It asks, and never refuses: the number of an office looks like that of a resident.
"""

import re
from enum import StrEnum


class Doubt(StrEnum):
    """What somebody looks at once more before everybody reads it."""

    PHONE = "phone"
    PERSON = "person"
    ILLNESS = "illness"


# A mobile number, however it is grouped; 08-12-2026 and 08.12.2026 are days.
PHONE = re.compile(r"(?<![\d.])(?!08-\d\d-)(?:\+?62|0)[ -]?8(?:[ -]?\d){7,11}(?!\d)")
_TITLE = (
    r"(?:Pak|Bapak|Bpk|Bu|Ibu|Sdr|Sdri|Saudara|Saudari|Mbah|Mas|Mbak|Kang|Mr|Mrs|Ms)"
)
# Titles stand before offices and greetings, too.
_OFFICE = (
    r"(?:Ibu|Bapak|Kepala|Ketua|Lurah|Camat|Bupati|Kades|Bidan|Dokter|Guru|Warga|RT|RW"
    r"|PKK|Hamil|Menyusui|Saudara|Saudari)"
)
PERSON = re.compile(rf"\b{_TITLE}\.?\s+(?!{_OFFICE}\b)[A-Z][a-z]+")
ILL = re.compile(
    r"\b(?:covid|korona|corona|positif|reaktif|penderita|pasien|tbc|hiv|aids|kusta"
    r"|demam|sakit|isolasi mandiri|gila|odgj|patient|infected|ill|sick)\b",
    re.IGNORECASE,
)
HOME = re.compile(r"\bRT\s*\.?\s*0*\d", re.IGNORECASE)


def doubts_about(text: str) -> list[Doubt]:
    """Return what to look at once more in a text that everybody will read.

    An illness counts beside a name or an RT: there it points at somebody.
    """
    person = bool(PERSON.search(text))
    ill = bool(ILL.search(text)) and (person or bool(HOME.search(text)))
    found = {
        Doubt.PHONE: bool(PHONE.search(text)),
        Doubt.PERSON: person,
        Doubt.ILLNESS: ill,
    }
    return [doubt for doubt, holds in found.items() if holds]
