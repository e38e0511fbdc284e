"""One record as a colleague reads it: answers in words, numbers of people masked."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import looked
from smartkampung.frontline.field.kinds import is_half, kind_of
from smartkampung.frontline.field.kinds.base import FieldKind, place_words
from smartkampung.frontline.field.models import Record
from smartkampung.frontline.field.queries.records import envelope_in
from smartkampung.frontline.field.rules.envelopes import read_uuid
from smartkampung.frontline.field.rules.names import short_name
from smartkampung.frontline.field.rules.reading import STRANGE, Question, Type
from smartkampung.frontline.field.words import SECOND_PHOTO, both
from smartkampung.kernel.wording import short_day, whole
from smartkampung.residents.queries import find_by_nik
from smartkampung.residents.rules import Misshapen, holds_number, read_nik

PURPOSE = "field.review"
SHOWN_DIGITS = 4
LONGEST = 300
NEVER_TYPED = (Type.SEVERAL, Type.PHOTO, Type.SIGNATURE)
TYPED = (Type.DATE, Type.NUMBER, Type.TEXT)
_LONG = re.compile(r"\d(?:[ ./-]?\d){8,}")


@dataclass(frozen=True)
class Line:
    """One answer, in words, and what is wrong with it."""

    name: str
    label: str
    value: str
    wrong: str = ""


@dataclass(frozen=True)
class Shown:
    """A record in words; ``who`` is short, and "" where nobody is known."""

    title: str
    who: str
    lines: Sequence[Line]
    position: str


def shown(row: Record, actor: Actor, *, at: datetime) -> Shown:
    """Return a record in words, and write down whom it is about."""
    envelope = envelope_in(row)
    where = envelope.position
    return Shown(
        title=title_of(row),
        who=whom(row, actor),
        lines=lines_of(row, actor, at=at),
        position=f"{where.lat:.5f}, {where.lng:.5f}" if where else "",
    )


def title_of(row: Record) -> str:
    """Return what kind of work a record is."""
    kind = kind_of(row.kind)
    if kind is None:
        second = row.code == SECOND_PHOTO
        return _("Two photos") if second else _("A form that cannot be read")
    if is_half(row.kind):
        return _("Not finished: %(form)s") % {"form": kind.label}
    return str(kind.label)


def whom(row: Record, actor: Actor) -> str:
    """Return in short whom a record is about, and write down that they were looked at."""
    kind = kind_of(row.kind)
    if kind is None:
        proved = _proved_by(row)
        return whom(proved, actor) if proved else ""
    if kind.new:
        return _named(kind, row, actor)
    number = row.target.rpartition(":")[2]
    if not number.isdecimal():
        return ""
    may = kind.permission if kind.health else Permission.FIELD_REVIEW
    try:
        found = kind.find(actor, may, int(number))
    except Http404:
        return ""
    name, person_id = kind.person_of(found)
    if person_id is not None:
        role = actor.role_for(may)
        looked(person_ids=[person_id], by=actor.username, role=role, purpose=PURPOSE)
    return short_name(name)


def _named(kind: FieldKind, row: Record, actor: Actor) -> str:
    """Return whom a new form names by number, if they live where the actor looks."""
    try:
        nik = read_nik(kind.nik_in(envelope_in(row).body or {}))
    except Misshapen:
        return ""
    person = find_by_nik(actor, nik, purpose=PURPOSE)
    return short_name(person.name) if person else ""


def _proved_by(row: Record) -> Record | None:
    """Return the form that the first of two photos belongs to."""
    photo_id = read_uuid(row.target)
    if row.code != SECOND_PHOTO or photo_id is None:
        return None
    return Record.objects.filter(
        staff=row.staff_id, photos__contains=[photo_id], health=False
    ).first()


def lines_of(row: Record, actor: Actor, *, at: datetime) -> list[Line]:
    """Return the answers of a record in the order of its form; others after them."""
    kind, envelope = kind_of(row.kind), envelope_in(row)
    body = envelope.body or {}
    questions = {one.name: one for one in kind.questions(actor, at=at)} if kind else {}
    known = [name for name in questions if body.get(name) not in (None, "", [])]
    names = known + [str(name) for name in body if name not in questions]
    wrong = dict(row.errors or {})
    strange = wrong.pop(STRANGE, None)
    wrong |= {name: strange for name in names if strange and name not in questions}
    missing = [name for name in wrong if name not in names]
    return [
        _line(name, questions.get(name), body.get(name), wrong.get(name))
        for name in names + missing
    ]


def to_correct(row: Record, actor: Actor, *, at: datetime) -> list[Question]:
    """Return the questions whose answer a colleague may put right alone."""
    kind = kind_of(row.kind)
    if kind is None or is_half(row.kind):
        return []
    may = kind.correctable & set(row.errors)
    asked = kind.questions(actor, at=at) if may else ()
    return [one for one in asked if one.name in may and one.type in TYPED]


def to_mend(row: Record, actor: Actor, *, at: datetime) -> list[Question]:
    """Return the questions that whoever filled a form in answers once more.

    With a day or number that lies beside another, that other too. Nothing where a
    picture or an answer that nobody asked for is what is wrong.
    """
    kind = kind_of(row.kind)
    if kind is None or is_half(row.kind) or row.first_id or not row.errors:
        return []
    asked = {one.name: one for one in kind.questions(actor, at=at)}
    wrong = set(row.errors)
    if not wrong <= set(asked) or any(asked[n].type in NEVER_TYPED for n in wrong):
        return []
    beside = {name for one in wrong for name in (asked[one].since, asked[one].upto)}
    return [one for name, one in asked.items() if name in wrong | beside]


def corrected_in(row: Record, actor: Actor, *, at: datetime) -> list[Line]:
    """Return the answers that a colleague put in the place of wrong ones."""
    if row.corrections is None:
        return []
    kind, given = kind_of(row.kind), json.loads(row.corrections.open())
    asked = kind.questions(actor, at=at) if kind else ()
    return [_line(q.name, q, given[q.name], None) for q in asked if q.name in given]


def labels_in(row: Record, actor: Actor, *, at: datetime) -> dict[str, str]:
    """Return the questions of a record in words, by name."""
    kind = kind_of(row.kind)
    asked = kind.questions(actor, at=at) if kind else ()
    return {one.name: in_words(one.label) for one in asked}


def _line(name: str, question: Question | None, value: Any, wrong: Any) -> Line:
    return Line(
        name=name,
        label=in_words(question.label) if question else _masked(name[:LONGEST]),
        value=_masked(_value(question, value)),
        wrong=in_words(wrong) if wrong else "",
    )


def _value(question: Question | None, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    text = str(value if value is not None else "")[:LONGEST]
    if question is None:
        return text
    if question.type is Type.DATE:
        return _day(text)
    if question.type is Type.NUMBER and isinstance(value, int):
        return whole(value)
    if question.type in (Type.CHOICE, Type.SEVERAL):
        labels = {code: in_words(label) for code, label in question.choices}
        chosen = value if isinstance(value, list) else [value]
        if question.open:
            labels = place_words(str(one) for one in chosen) | labels
        return ", ".join(labels.get(str(one), str(one)) for one in chosen)
    return text


def _day(text: str) -> str:
    try:
        return short_day(date.fromisoformat(text))
    except ValueError:
        return text


def _masked(text: str) -> str:
    """Return a text in which no number of a card or telephone can be read."""
    if holds_number(text):
        return _hidden(text)
    return _LONG.sub(lambda found: _hidden(found[0]), text)


def _hidden(text: str) -> str:
    """Return a text whose digits are hidden but for the last four."""
    left = sum(sign.isdigit() for sign in text) - SHOWN_DIGITS
    shown = []
    for sign in text:
        shown.append("•" if sign.isdigit() and left > 0 else sign)
        left -= sign.isdigit()
    return "".join(shown)


def in_words(words: Any) -> str:
    """Return words of a form in the language of who reads."""
    language = "en" if (get_language() or "id").startswith("en") else "id"
    return both(words)[language]
