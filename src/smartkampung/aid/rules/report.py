"""What a report of missing aid holds, and what verification makes of it."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# The promise of the regency: seven days from report to hand-over.
DUE = timedelta(days=7)
CHECK_DUE = timedelta(days=3)
DECISION_DUE = timedelta(days=5)


class Step(StrEnum):
    """The public steps of a report, in order; equal for everybody until a human acts."""

    RECEIVED = "received"
    VILLAGE_CHECKS = "village_checks"
    KECAMATAN_DECIDES = "kecamatan_decides"
    DECIDED = "decided"
    HANDED_OVER = "handed_over"


class Reason(StrEnum):
    """Why somebody says that aid is missing."""

    NEVER_RECEIVED = "never_received"
    STOPPED = "stopped"
    LOST_LIVELIHOOD = "lost_livelihood"
    CHRONICALLY_ILL = "chronically_ill"
    NOT_RECORDED = "not_recorded"
    OTHER = "other"


class Channel(StrEnum):
    """How a report reached us."""

    WEB = "web"
    API = "api"
    ASSISTED = "assisted"


@dataclass(frozen=True)
class Told:
    """What the reporter told us, well shaped. ``form_id`` is made when the form opens."""

    form_id: uuid.UUID
    for_self: bool
    nik: str
    kk: str
    born_on: date
    phone: str
    region_code: str
    reason: Reason
    story: str = ""
    photo_id: uuid.UUID | None = None

    def __repr__(self) -> str:
        """Show the form only: a report in a log must not name anybody."""
        return f"<Told {self.form_id}>"


@dataclass(frozen=True)
class Registered:
    """What the registry holds about the owner of a NIK."""

    kk_agrees: bool
    born_on_agrees: bool
    region_code: str
    status: str
    contested: bool


def may_be_laid_to(registered: Registered, *, region_code: str) -> bool:
    """Say whether a report is laid to the owner of its NIK.

    The owner lives in the village that the report names, or card and birth date agree
    as well. Otherwise whoever types a stranger's NIK for their own village would open
    the case file of somebody who lives outside it.
    """
    lives_there = _village(registered.region_code) == _village(region_code)
    return lives_there or (registered.kk_agrees and registered.born_on_agrees)


def identity_findings(registered: Registered | None, *, region_code: str) -> list[str]:
    """Return everything that verification notices about who the report is for.

    Warnings for staff; none of them turns a report away.
    """
    if registered is None:
        return ["nik_unknown"]
    notices = {
        "kk_differs": not registered.kk_agrees,
        "birth_date_differs": not registered.born_on_agrees,
        "lives_elsewhere": _village(registered.region_code) != _village(region_code),
        "dead": registered.status == "dead",
        "moved": registered.status == "moved",
        "missing": registered.status == "missing",
        "nik_contested": registered.contested,
    }
    found = [code for code, noticed in notices.items() if noticed]
    agrees = registered.kk_agrees and registered.born_on_agrees
    return ["matched", *found] if agrees else found


def _village(region_code: str) -> str:
    return ".".join(region_code.split(".")[:4])
