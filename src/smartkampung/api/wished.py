"""Reads a wish for a place as kindly and as strictly as the form does."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.api.problems import BadFields
from smartkampung.api.told import birth_date_problem
from smartkampung.isolation.actions.wish import Guest, Wish
from smartkampung.isolation.booking.queries import house_and_village
from smartkampung.isolation.booking.words import OBSTACLES
from smartkampung.isolation.queries.origins import is_origin
from smartkampung.isolation.rules.assessment import Home, obstacles
from smartkampung.isolation.rules.states import Setting
from smartkampung.regions.queries import regency, region
from smartkampung.residents.rules import Misshapen, holds_number, read_nik, read_phone
from smartkampung.residents.words import NUMBER_IN_TEXT, nik_problem, phone_problem

VILLAGES = {"desa", "kelurahan"}
HOME = ("own_room", "own_bathroom", "nobody_frail")
_DOCUMENT = re.compile(r"[0-9A-Za-z./ -]{3,30}")
Errors = dict[str, str | Promise]


def read_wish(typed: Mapping[str, Any]) -> Wish:
    """Return the wish; raise BadFields with everything that is wrong."""
    home = Home(**{name: typed[name] for name in HOME})
    phone, errors = _phone(typed["phone"])
    errors |= _journey(typed) | _home(typed, home)
    guests = []
    for number, one in enumerate(typed["guests"]):
        guest, wrong = _guest(one)
        errors |= {f"guests.{number}.{field}": words for field, words in wrong.items()}
        guests.append(guest)
    if errors:
        raise BadFields(errors)
    at_home = typed["setting"] == Setting.HOME
    kept = ("village", "place", "arrives_on", "origin_code", "entry_point", "language")
    return Wish(
        guests=tuple(guests),
        setting=typed["setting"],
        house_id=None if at_home else typed["house_id"],
        address=typed["address"] if at_home else "",
        phone=phone,
        needs=frozenset(typed["needs"]),
        assessment={name: typed[name] for name in HOME},
        **{name: typed[name] for name in kept},
    )


def _phone(text: str) -> tuple[str, Errors]:
    if not text.strip():
        return "", {}
    try:
        return read_phone(text), {}
    except Misshapen as problem:
        return "", {"phone": phone_problem(problem)}


def _journey(typed: Mapping[str, Any]) -> Errors:
    errors: Errors = {}
    if not is_origin(typed["origin_code"]):
        errors["origin_code"] = _("There is no regency or city with this code.")
    here, village = regency(), typed["village"]
    found = region(village) if "\x00" not in village else None
    if found is None or found.kind not in VILLAGES or not _inside(village, here):
        errors["village"] = _("There is no desa or kelurahan with this code here.")
    place = typed["place"]
    if place and not (_is_rt(place) and place.startswith(f"{village}.")):
        errors["place"] = _("There is no RT with this code in that village.")
    house = typed["house_id"]
    if house is not None and not house_and_village(house):
        errors["house_id"] = _("There is no house with this number.")
    return errors


def _inside(code: str, here: Any) -> bool:
    return here is not None and code.startswith(f"{here.code}.")


def _is_rt(code: str) -> bool:
    found = region(code) if "\x00" not in code else None
    return found is not None and found.kind == "rt"


def _home(typed: Mapping[str, Any], home: Home) -> Errors:
    address = typed["address"]
    if typed["setting"] != Setting.HOME:
        return {}
    errors: Errors = {}
    against = obstacles(home)
    if against:
        errors["setting"] = " ".join(str(OBSTACLES[one]) for one in against)
    if not address.strip():
        errors["address"] = _("Type the address, so that the health worker finds you.")
    return errors | _text("address", address)


def _text(field: str, text: str) -> Errors:
    if "\x00" in text:
        return {field: _("This text holds a sign that cannot be kept. Type it anew.")}
    return {field: NUMBER_IN_TEXT} if holds_number(text) else {}


def _guest(typed: Mapping[str, Any]) -> tuple[Guest, Errors]:
    errors = _text("name", typed["name"])
    if not typed["name"].strip():
        errors["name"] = _("Type the name.")
    wrong = birth_date_problem(typed["born_on"])
    if wrong:
        errors["born_on"] = wrong
    nik, kind, document = (
        typed["nik"].strip(),
        typed["document_kind"],
        typed["document"],
    )
    if nik:
        try:
            nik = read_nik(nik)
        except Misshapen as problem:
            errors["nik"] = nik_problem(problem)
    elif kind and not _DOCUMENT.fullmatch(document):
        errors["document"] = _(
            "Copy the number of the document: 3 to 30 letters and digits."
        )
    shows_other = bool(kind) and not nik
    guest = Guest(
        name=typed["name"],
        sex=typed["sex"],
        born_on=typed["born_on"],
        nik=nik,
        document_kind=kind if shows_other else "",
        document=document if shows_other else "",
    )
    return guest, errors
