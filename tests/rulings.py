"""Versions of a rule, made by the same actions that pages call."""

from typing import Any

from smartkampung.criteria.actions import bring_into_force, write_version
from smartkampung.criteria.models import RuleVersion
from tests.cases import NOW, TODAY

POOR = {"fact": "poverty_met", "is": "at_least", "value": 9}
RULE = {"all": [POOR, {"any": [{"fact": "elderly", "is": "at_least", "value": 1}]}]}


def draft(rule: Any = RULE, **more: Any) -> RuleVersion:
    """Write a version that would hold from today."""
    told = {
        "subject": "aid:apbd_food",
        "legal_reference": "Keputusan Bupati",
        "since": TODAY,
        "until": None,
        "by": "maya",
        "at": NOW,
    }
    return write_version(rule=rule, **{**told, **more})


def in_force(rule: Any = RULE, **more: Any) -> RuleVersion:
    """Write a version and bring it into force."""
    version = draft(rule, **more)
    bring_into_force(version=version, by="joko", at=more.get("at", NOW))
    version.refresh_from_db()
    return version
