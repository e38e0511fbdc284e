"""From data (a shipped file, the JSON of a row) to a kind of letter, and back.

A kind that cannot work is refused with every reason, each with where it stands.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from smartkampung.letters.catalogue.rules.fields import fields_of
from smartkampung.letters.catalogue.rules.kinds import (
    LANGUAGES,
    Asked,
    AskedType,
    Both,
    Choice,
    Feed,
    Group,
    Kind,
    Requirement,
    Step,
    Subject,
    When,
    Who,
)
from smartkampung.letters.catalogue.rules.markup import (
    MarkupFault,
    MarkupFaults,
    parse,
)

CODE = re.compile(r"^[a-z][a-z0-9_]{1,39}$")
SERIES = re.compile(r"^[0-9]{2,4}(\.[0-9]{1,2}){0,3}$|^[A-Z][A-Z0-9./-]{0,15}$")
LONGEST_VALID, LONGEST_TITLE = 3_660, 120


class KindFault(StrEnum):
    """What is wrong with a kind, apart from its bodies."""

    CODE = "code"
    SERIES = "series"
    TITLE = "title"
    ABOUT = "about"
    VALID_DAYS = "valid_days"
    NOT_SIGNED = "not_signed"
    NOT_CHECKED = "not_checked"
    NO_SUBJECT = "no_subject"
    AGES = "ages"
    NO_BODY = "no_body"
    NO_ENGLISH = "no_english"
    REQUIREMENT = "requirement"
    QUESTION = "question"
    QUESTION_TWICE = "question_twice"
    CHOICES = "choices"
    DATES = "dates"
    NOT_PRINTED = "not_printed"


class KindFaults(ValueError):
    """All that is wrong: by name of what it is about, and in the bodies by language."""

    def __init__(
        self,
        found: list[tuple[KindFault, str]],
        bodies: Mapping[str, list[MarkupFault]],
    ) -> None:
        super().__init__(f"{found} {dict(bodies)}")
        self.found = found
        self.bodies = bodies


class Checked(NamedTuple):
    """A kind, and what is wrong with it."""

    kind: Kind
    found: list[tuple[KindFault, str]]
    bodies: dict[str, list[MarkupFault]]


def read_kind(data: Mapping[str, Any]) -> Kind:
    """Return the kind that the data describe; raise KindFaults where it cannot work."""
    checked = check(kind_of(data))
    if checked.found or checked.bodies:
        raise KindFaults(checked.found, checked.bodies)
    return checked.kind


def kind_of(data: Mapping[str, Any]) -> Kind:
    """Return a kind as it is described, whether or not it can work."""
    return Kind(
        code=data["code"],
        series=data["series"],
        group=Group(data["group"]),
        title=_both(data["title"]),
        about=_both(data["about"]),
        valid_days=data["valid_days"],
        steps=tuple(step for step in Step if step in data["steps"]),
        who=_who(data.get("who", {})),
        bodies={one: str(data["body"].get(one, "")).strip() for one in LANGUAGES},
        requirements=tuple(_requirement(one) for one in data.get("requirement", ())),
        asked=tuple(_asked(one) for one in data.get("ask", ())),
        abroad=data.get("abroad", False),
        feeds=Feed(data.get("feeds", "")),
        offered=data.get("offered", True),
        legal=data.get("legal", False),
    )


def data_of(kind: Kind) -> dict[str, Any]:
    """Return the data that describe a kind: what ``kind_of`` reads."""
    return {
        "code": kind.code,
        "series": kind.series,
        "group": kind.group.value,
        "title": kind.title._asdict(),
        "about": kind.about._asdict(),
        "valid_days": kind.valid_days,
        "steps": [step.value for step in kind.steps],
        "who": {
            "subjects": [one.value for one in kind.who.subjects],
            "least_age": kind.who.least_age,
            "most_age": kind.who.most_age,
            "marital": list(kind.who.marital),
            "sex": kind.who.sex,
            # What is not said is not written, so that prints of before stay the same.
            **({"on_record": True} if kind.who.on_record else {}),
        },
        "body": {one: kind.bodies.get(one, "") for one in LANGUAGES},
        "requirement": [
            {
                "code": one.code,
                "words": one.words._asdict(),
                "upload": one.upload,
                "required": one.required,
            }
            for one in kind.requirements
        ],
        "ask": [_question(one) for one in kind.asked],
        "abroad": kind.abroad,
        "feeds": kind.feeds.value,
        "offered": kind.offered,
        "legal": kind.legal,
    }


def check(kind: Kind) -> Checked:
    """Return a kind with everything that keeps it from working."""
    bodies: dict[str, list[MarkupFault]] = {}
    known = fields_of(kind.asked)
    for lang in kind.languages:
        try:
            parse(kind.bodies[lang], known)
        except MarkupFaults as error:
            bodies[lang] = error.faults
    return Checked(kind, [*_of_itself(kind), *_of_lists(kind)], bodies)


def _of_itself(kind: Kind) -> Iterable[tuple[KindFault, str]]:
    ages = (kind.who.least_age or 0, kind.who.most_age or 200)
    wrong = {
        KindFault.CODE: not CODE.match(kind.code),
        KindFault.SERIES: not SERIES.match(kind.series),
        KindFault.TITLE: not all(0 < len(one) <= LONGEST_TITLE for one in kind.title),
        KindFault.ABOUT: not all(kind.about),
        KindFault.VALID_DAYS: not 0 <= kind.valid_days <= LONGEST_VALID,
        KindFault.NOT_SIGNED: Step.SIGN not in kind.steps,
        KindFault.NOT_CHECKED: Step.CHECK not in kind.steps,
        KindFault.NO_SUBJECT: not kind.who.subjects,
        KindFault.AGES: not 0 <= ages[0] <= ages[1],
        KindFault.NO_BODY: not kind.bodies.get("id"),
        KindFault.NO_ENGLISH: kind.abroad and not kind.bodies.get("en"),
    }
    return [(fault, "") for fault, so in wrong.items() if so]


def _of_lists(kind: Kind) -> Iterable[tuple[KindFault, str]]:
    for paper in kind.requirements:
        if not (CODE.match(paper.code) and all(paper.words)):
            yield KindFault.REQUIREMENT, paper.words.id or paper.code
    for one in kind.asked:
        wrong = {
            KindFault.QUESTION: not (CODE.match(one.name) and all(one.label)),
            KindFault.QUESTION_TWICE: kind.asks(one.name) is not one,
            KindFault.CHOICES: one.type is AskedType.CHOICE and len(one.choices) < 2,
            KindFault.DATES: not _dated(one, kind),
            # What nobody reads on the paper is not asked.
            KindFault.NOT_PRINTED: f"{{asked.{one.name}"
            not in kind.bodies.get("id", "").replace(" ", ""),
        }
        yield from ((fault, one.name) for fault, so in wrong.items() if so)


def _dated(one: Asked, kind: Kind) -> bool:
    """Say whether only dates are bound, and to dates of other questions."""
    first = kind.asks(one.after)
    bound_to = not one.after or (first is not None and first.type is AskedType.DATE)
    free = one.when is When.ANY and not one.after
    return bound_to and one.after != one.name and (free or one.type is AskedType.DATE)


def _both(data: Mapping[str, str]) -> Both:
    return Both(str(data.get("id", "")).strip(), str(data.get("en", "")).strip())


def _who(data: Mapping[str, Any]) -> Who:
    subjects = data.get("subjects", ["self"])
    return Who(
        subjects=tuple(one for one in Subject if one in subjects),
        least_age=data.get("least_age"),
        most_age=data.get("most_age"),
        marital=tuple(data.get("marital", ())),
        sex=data.get("sex", ""),
        on_record=data.get("on_record", False),
    )


def _requirement(data: Mapping[str, Any]) -> Requirement:
    return Requirement(
        code=data["code"],
        words=_both(data["words"]),
        upload=data.get("upload", False),
        required=data.get("required", True),
    )


def _asked(data: Mapping[str, Any]) -> Asked:
    return Asked(
        name=data["name"],
        type=AskedType(data["type"]),
        label=_both(data["label"]),
        help=_both(data.get("help", {})),
        required=data.get("required", True),
        choices=tuple(
            Choice(one["code"], _both(one)) for one in data.get("choices", ())
        ),
        most=data.get("most", 0),
        when=When(data.get("when", "")),
        after=data.get("after", ""),
        unless=data.get("unless", ""),
    )


def _bounds(one: Asked) -> list[tuple[str, str]]:
    return [("when", one.when.value), ("after", one.after), ("unless", one.unless)]


def _question(one: Asked) -> dict[str, Any]:
    return {
        "name": one.name,
        "type": one.type.value,
        "label": one.label._asdict(),
        "help": one.help._asdict(),
        "required": one.required,
        "choices": [{"code": c.code, **c.words._asdict()} for c in one.choices],
        "most": one.most,
        **{key: said for key, said in _bounds(one) if said},
    }
