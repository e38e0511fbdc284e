"""What the registry says for a letter: raw facts, which the catalogue puts in words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from smartkampung.kernel.clock import day
from smartkampung.letters.catalogue.rules.fields import Fact
from smartkampung.letters.catalogue.rules.kinds import AskedType
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.regions.codes import ancestor
from smartkampung.regions.queries import names, region
from smartkampung.residents.models import Family, Person

HEAD = 1
Facts = dict[str, Fact]


@dataclass(frozen=True)
class Told:
    """What was answered for a letter: the purpose, and what the registry lacks."""

    purpose: str
    asked: Mapping[str, Fact]

    def sealed_text(self) -> str:
        """Return it as it is sealed."""
        return json.dumps(
            {"purpose": self.purpose, "asked": dict(self.asked)}, ensure_ascii=False
        )


def told_in(request: LetterRequest) -> Told:
    """Return what was answered; only for who works on the request, and the family."""
    kept = json.loads(request.answers.open())
    return Told(kept["purpose"], kept["asked"])


def kept_facts(request: LetterRequest) -> Facts | None:
    """Return what the registry said at the check, or nothing before it."""
    return json.loads(request.facts.open()) if request.facts else None


def changed_between(before: Facts, after: Facts) -> list[str]:
    """Return the names of the fields that differ, in order; never what they say."""
    names_ = sorted(set(before) | set(after))
    return [name for name in names_ if before.get(name) != after.get(name)]


def facts_of(request: LetterRequest, wording: Wording, *, at: datetime) -> Facts:
    """Return all that the registry and the answers say for a letter, now.

    What changes by itself, such as the age, counts as of the day.
    """
    on = day(at)
    subject = _person(request.subject_id)
    applicant = _person(request.applicant_id)
    members = family_of(subject)
    told = told_in(request)
    facts: Facts = {
        **_facts_of_person("subject", subject, on),
        **_facts_of_person("applicant", applicant, on),
        "family.head": next((m.name for m in members if m.relation == HEAD), ""),
        "family.members": [_row(member) for member in members],
        "letter.purpose": told.purpose,
        **_office(request.village_code),
    }
    for asked in wording.kind.asked:
        answer = told.asked.get(asked.name, "")
        facts |= _answered(asked.name, asked.type, answer, on)
    return facts


def family_of(person: Person) -> list[Person]:
    """Return who stands on a person's card and lives, the head first."""
    rows = Person.objects.filter(family=person.family_id, merged_into=None)
    rows = rows.filter(status=Person.Status.LIVING)
    return list(rows.order_by("relation", "born_on", "pk"))


def _person(pk: int) -> Person:
    return Person.objects.select_related("family").get(pk=pk)


def _answered(name: str, kind: AskedType, answer: Fact, on: date) -> Facts:
    """Return the facts of one question; who is chosen is kept by number."""
    field = f"asked.{name}"
    if kind is AskedType.RESIDENT:
        person = _person(int(str(answer))) if answer else None
        return _facts_of_person(field, person, on)
    if kind is AskedType.RESIDENTS:
        people = Person.objects.filter(pk__in=chosen(answer)).order_by("born_on", "pk")
        return {field: [_row(person) for person in people]}
    return {field: answer}


def chosen(answer: Fact) -> list[int]:
    """Return the people that an answer names, by number."""
    return [int(pk) for pk in str(answer).split(",") if pk.strip().isdecimal()]


def _facts_of_person(before: str, person: Person | None, on: date) -> Facts:
    known = _known(person, on) if person else dict.fromkeys(_EMPTY, "")
    return {f"{before}.{name}": value for name, value in known.items()}


_EMPTY = (
    *("name", "nik", "kk", "birth_place", "birth_date", "age", "sex", "religion"),
    *("marital", "occupation", "education", "citizenship", "address", "rt", "rw"),
    *("dusun", "village_kind", "village", "kecamatan", "regency"),
)


def _known(person: Person, on: date) -> dict[str, str]:
    family = person.family
    return {
        "name": person.name,
        "nik": person.nik.open() if person.nik else "",
        "kk": family.kk.open() if family.kk else "",
        "birth_place": person.birth_place,
        "birth_date": person.born_on.isoformat() if person.born_on else "",
        "age": _age(person.born_on, on),
        "sex": person.sex,
        "religion": _code(person.religion),
        "marital": _code(person.marital_status),
        "occupation": _code(person.occupation),
        "education": _code(person.education),
        "citizenship": _code(person.citizenship),
        **_home(person, family),
    }


def _home(person: Person, family: Family) -> dict[str, str]:
    code = person.region_code
    segments = code.split(".") + [""] * 6
    office = _office(ancestor(code, "village"))
    return {
        "address": family.address,
        "dusun": family.dusun,
        "rw": segments[4],
        "rt": segments[5],
        "village_kind": office["office.kind"],
        "village": office["office.village"],
        "kecamatan": office["office.kecamatan"],
        "regency": office["office.regency"],
    }


def _office(village_code: str) -> dict[str, str]:
    """Return what a village is called, and what it lies in."""
    levels = [ancestor(village_code, level) for level in ("regency", "kecamatan")]
    known = names([village_code, *levels])
    own = region(village_code)
    return {
        "office.village": known.get(village_code, ""),
        "office.kind": own.kind if own else "desa",
        "office.kecamatan": known.get(levels[1], ""),
        "office.regency": known.get(levels[0], ""),
        "office.address": "",
    }


def _row(person: Person) -> dict[str, str]:
    return {
        "name": person.name,
        "nik": person.nik.open() if person.nik else "",
        "sex": person.sex,
        "birth_place": person.birth_place,
        "birth_date": person.born_on.isoformat() if person.born_on else "",
        "relation": _code(person.relation),
    }


def _code(value: int | None) -> str:
    return "" if value is None else str(value)


def _age(born_on: date | None, on: date) -> str:
    if born_on is None:
        return ""
    return str(years_old(born_on, on))


def age_of(person: Person, on: date) -> int | None:
    """Return how old somebody is on a day; None where the registry does not know."""
    return years_old(person.born_on, on) if person.born_on else None


def years_old(born_on: date, on: date) -> int:
    """Return how many birthdays somebody had by a day."""
    before = (on.month, on.day) < (born_on.month, born_on.day)
    return on.year - born_on.year - before
