"""What a letter of the village tells of an event, to begin its form with."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.letters.catalogue.queries import wording_by
from smartkampung.letters.requests.queries.requests import File, file_for
from smartkampung.residents.rules.life import Kind
from smartkampung.web.letters_staff.present import reads

Told = Mapping[str, Any]
PLACE = ("address", "village", "kecamatan", "regency", "country")


def told_by_letter(actor: Actor, typed: str, kind: str) -> dict[str, Any]:
    """Return how a form begins that is opened from a letter; nothing for any other.

    The officer reads it, and may change it: the form is what is recorded.
    """
    if not typed.isdecimal() or kind not in _TELLS:
        return {}
    try:
        file = file_for(actor, int(typed))
    except Http404:
        return {}
    found = {} if file.shut else _TELLS[kind](file, file.told.asked)
    return {name: value for name, value in found.items() if value}


def _day(told: Told, name: str) -> date | None:
    said = str(told.get(name, ""))
    return date.fromisoformat(said) if said else None


def _death(file: File, told: Told) -> dict[str, Any]:
    said = [str(told.get("died_where", "")), _chosen(file, "cause", told)]
    note = ", ".join(each for each in said if each)
    return {"on": _day(told, "died_on"), "note": note}


def _birth(file: File, told: Told) -> dict[str, Any]:
    return {
        "on": _day(told, "born_on"),
        "name": told.get("child_name", ""),
        "sex": told.get("child_sex", ""),
        "birth_place": told.get("born_where", ""),
        "mother": str(file.request.subject_id),
        "father": str(told.get("father", "")),
    }


def _move(file: File, told: Told) -> dict[str, Any]:
    along = [one for one in str(told.get("members", "")).split(",") if one]
    return {
        "on": _day(told, "moved_on"),
        "who": list(dict.fromkeys([str(file.request.subject_id), *along])),
        "elsewhere": _place(told),
        "note": _place(told),
    }


def _place(told: Told) -> str:
    return ", ".join(str(told[name]) for name in PLACE if told.get(name))[:120]


def _chosen(file: File, name: str, told: Told) -> str:
    wording = wording_by(file.request.kind, file.request.wording_version)
    asked = wording.kind.asked if wording else ()
    choices = {
        c.code: c.words for one in asked if one.name == name for c in one.choices
    }
    words = choices.get(str(told.get(name, "")))
    return words.of(reads()) if words else ""


_TELLS: dict[str, Callable[[File, Told], dict[str, Any]]] = {
    Kind.DEATH: _death,
    Kind.BIRTH: _birth,
    Kind.MOVE: _move,
    Kind.MOVE_OUT: _move,
}
