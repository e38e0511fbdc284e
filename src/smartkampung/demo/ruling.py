"""The rule of the food pack: one version in force, and a draft that waits."""

from datetime import datetime, timedelta

from smartkampung.aid.queries.eligible import subject_of
from smartkampung.criteria.actions import bring_into_force, write_version
from smartkampung.kernel.clock import day

MONTHS_BEFORE = timedelta(days=90)
LAW = "Keputusan Bupati (3 tahap tahun 2020)"
POOR = {"fact": "poverty_met", "is": "at_least", "value": 9}
NEEDY = {
    "any": [
        POOR,
        {"fact": "decile", "is": "at_most", "value": 4},
        {"fact": "lost_livelihood", "is": "is", "value": True},
    ]
}
ALONE = {"fact": "receives", "is": "excludes", "value": "pkh"}


def rule_on_food(at: datetime) -> None:
    """Write what the decree says, bring it into force, and draft a wider one."""
    before = at - MONTHS_BEFORE
    version = write_version(
        subject=subject_of("apbd_food"),
        rule={"all": [NEEDY, ALONE]},
        legal_reference=LAW,
        since=day(before),
        until=None,
        by="dinsos",
        at=before,
    )
    bring_into_force(version=version, by="kadinsos", at=before)
    elderly = {"fact": "elderly", "is": "at_least", "value": 1}
    write_version(
        subject=subject_of("apbd_food"),
        rule={"all": [{"any": [*NEEDY["any"], elderly]}, ALONE]},
        legal_reference=LAW,
        since=day(at) + timedelta(days=30),
        until=None,
        by="dinsos",
        at=at,
    )
