"""The copy of a family's data for machines: plain keys, codes with their words."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import get_language

from smartkampung.aid.queries.own import OwnCase
from smartkampung.regions.queries import places, regency
from smartkampung.residents.actions.copies import Copy
from smartkampung.residents.queries import Person
from smartkampung.residents.queries.own import Correction, FamilyDecile, LifeEvent
from smartkampung.residents.siak import term
from smartkampung.web.my_data.record import OwnRecord
from smartkampung.web.people.present import place_words
from smartkampung.web.people.words import CODED

Part = dict[str, Any]


def as_data(record: OwnRecord) -> Part:
    """Return the whole copy as JSON values; dates as in ISO 8601."""
    here = regency()
    family = record.copy.card.family
    return {
        "made_at": record.made_at,
        "made_by": f"Smart Kampung, {here.name if here else ''}",
        "about": _person(record.copy.person, record.copy),
        "family": {
            "kk": record.copy.kk,
            "phone": record.copy.phone,
            "address": family.address,
            "dusun": family.dusun,
            "region_code": family.region_code,
            "region": place_words(places([family.region_code])[family.region_code]),
            "decile": _decile(record.decile),
            "members": [_person(row, record.copy) for row in record.copy.card.members],
        },
        "aid": {
            "lists": [asdict(row) for row in record.benefits],
            "proposals": [asdict(row) for row in record.proposals],
            "cases": [_case(row) for row in record.cases],
            "visits": [asdict(row) for row in record.visits],
            "hand_overs": [asdict(row) for row in record.handovers],
        },
        "consents": [asdict(row) for row in record.consents],
        "life_events": [_life_event(row) for row in record.life],
        "corrections": [_correction(row) for row in record.corrections],
        "looks": [asdict(row) for row in record.looks],
    }


def _person(person: Person, copy: Copy) -> Part:
    return {
        "name": person.name,
        "nik": copy.niks[person.pk],
        "temporary_id": person.temporary_id,
        "sex": person.sex,
        "born_on": person.born_on,
        "birth_place": person.birth_place,
        "father_name": person.father_name,
        "mother_name": person.mother_name,
        "region_code": person.region_code,
        "status": person.status,
        **{name: _coded(person, name) for name in CODED},
        "details": copy.details.get(person.pk, {}),
    }


def _coded(person: Person, name: str) -> Part | None:
    code: int | None = getattr(person, name)
    if code is None:
        return None
    words = term(CODED[name], code, language=get_language() or "id")
    return {"code": code, "words": words}


def _decile(row: FamilyDecile | None) -> Part | None:
    if row is None:
        return None
    return {"decile": row.decile, "source": row.source, "on": row.on}


def _life_event(row: LifeEvent) -> Part:
    return {
        "kind": row.kind,
        "happened_on": row.happened_on,
        "left_region": row.left_region,
        "joined_region": row.joined_region,
        "elsewhere": row.elsewhere,
        "note": row.note,
        "before": row.before,
        "recorded_at": row.recorded_at,
    }


def _correction(wish: Correction) -> Part:
    return {
        "person": wish.person.name,
        "field": wish.field,
        "recorded": wish.recorded,
        # A number that waits stays sealed; the family typed it itself.
        "wanted": wish.wanted or None,
        "explanation": wish.explanation,
        "asked_at": wish.asked_at,
        "due_at": wish.due_at,
        "state": wish.state,
        "decided_at": wish.decided_at,
        "reason": wish.reason,
    }


def _case(case: OwnCase) -> Part:
    outcome = case.outcome
    found: Part = {
        "person": case.person,
        "state": case.state,
        "opened_at": case.opened_at,
        "due_on": case.due_on,
        "closed_at": case.closed_at,
        "steps": case.followed.reached,
        "decision": None,
    }
    if outcome is not None:
        objection = outcome.objection
        found["decision"] = {
            "standing": outcome.standing,
            "programme": outcome.programme,
            "reasons": list(outcome.reasons),
            "note": outcome.note,
            "hand_over_on": outcome.hand_over_on,
            "place": outcome.place,
            "objection": objection.text if objection else None,
            "answer": objection.answer if objection else None,
        }
    return found
