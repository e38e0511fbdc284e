"""Wishes to correct Wayan's record, made by the action that pages call."""

import uuid
from datetime import datetime
from typing import Any

from smartkampung.kernel.clock import WIB
from smartkampung.residents.actions.corrections import request_correction
from smartkampung.residents.corrections.models import Correction
from smartkampung.residents.models import Person
from smartkampung.residents.rules.corrections import Field
from tests.cases import a_photo

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
SAW = "The birth certificate says otherwise."


def asked(
    person: Person,
    field: Field = Field.BIRTH_PLACE,
    wanted: str = "Genteng",
    **more: Any,
) -> Correction:
    """Let Sari ask for a correction, with a photo of a document."""
    return request_correction(
        **{
            "form_id": uuid.uuid4(),
            "person": person,
            "field": field,
            "wanted": wanted,
            "explanation": SAW,
            "evidence_id": a_photo(),
            "by": "sari",
            "at": NOW,
            **more,
        }
    )
