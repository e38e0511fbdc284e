"""Reads the fields of a report as kindly and as strictly as the form does."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.public_words import BORN_IN_FUTURE
from smartkampung.aid.rules.report import Told
from smartkampung.api.problems import BadFields
from smartkampung.kernel.clock import today
from smartkampung.regions.queries import regency, region
from smartkampung.residents.rules import (
    Misshapen,
    holds_number,
    read_kk,
    read_nik,
    read_phone,
)
from smartkampung.residents.words import (
    NUMBER_IN_TEXT,
    kk_problem,
    nik_problem,
    phone_problem,
)

OLDEST_YEARS = 130
PLACES = {"desa", "kelurahan", "rt"}
Reading = tuple[Callable[[str], str], Callable[[Misshapen], str]]
NUMBERS: dict[str, Reading] = {
    "nik": (read_nik, nik_problem),
    "kk": (read_kk, kk_problem),
    "phone": (read_phone, phone_problem),
}


def read_told(typed: Mapping[str, Any], *, form_id: uuid.UUID) -> Told:
    """Return the report; raise BadFields with everything that is wrong."""
    read, errors = _numbers(typed)
    errors |= _birth_date(typed) | _place(typed)
    if "\x00" in typed["story"]:
        errors["story"] = _("This text holds a sign that cannot be kept. Type it anew.")
    elif holds_number(typed["story"]):
        errors["story"] = NUMBER_IN_TEXT
    if errors:
        raise BadFields(errors)
    return Told(form_id=form_id, **{**typed, **read})


def _numbers(
    typed: Mapping[str, Any],
) -> tuple[dict[str, str], dict[str, str | Promise]]:
    read: dict[str, str] = {}
    errors: dict[str, str | Promise] = {}
    for field, (reader, words) in NUMBERS.items():
        if field == "phone" and not typed[field].strip():
            read[field] = ""
            continue
        try:
            read[field] = reader(typed[field])
        except Misshapen as misshapen:
            errors[field] = words(misshapen)
    return read, errors


def _birth_date(typed: Mapping[str, Any]) -> dict[str, str | Promise]:
    problem = birth_date_problem(typed["born_on"])
    return {"born_on": problem} if problem else {}


def birth_date_problem(born_on: date) -> str | Promise | None:
    """Return why nobody living was born on a day, or None."""
    on = today()
    if born_on > on:
        return BORN_IN_FUTURE
    if born_on.year < on.year - OLDEST_YEARS:
        return _("Nobody living was born in that year. Check the year.")
    return None


def _place(typed: Mapping[str, Any]) -> dict[str, str | Promise]:
    code, here = typed["region_code"], regency()
    found = region(code) if "\x00" not in code else None
    inside = here is not None and code.startswith(f"{here.code}.")
    if found is None or found.kind not in PLACES or not inside:
        return {
            "region_code": _(
                "This is no RT, desa or kelurahan of this regency. Codes look like "
                "35.10.09.2003.002.007."
            )
        }
    return {}
