"""Whether the person of a claim is who the report says: by the village, by Dukcapil."""

from typing import Any

from smartkampung.aid.queries.case_file import CaseFile
from smartkampung.identity.queries import standing_of
from smartkampung.web.people.identity import tags

DIFFERS = {"kk_differs", "birth_date_differs"}


def identity(file: CaseFile) -> list[dict[str, Any]]:
    """Return one tag for each source; nothing for whom nobody found in the registry."""
    person = file.claim.person
    if person is None:
        return []
    codes = {row.code for row in file.findings}
    agrees = "matched" in codes and not codes & DIFFERS
    return tags(standing_of(person), village_agrees=agrees)
