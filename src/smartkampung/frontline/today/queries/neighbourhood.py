"""The families of one RT: who gets what, who waits for what, whom to think of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import Enrolment
from smartkampung.aid.queries.claims import claims_for
from smartkampung.aid.queries.conflicts import running
from smartkampung.audit.actions import looked
from smartkampung.frontline.texting.models import Assist
from smartkampung.frontline.texting.queries.assists import assists_for
from smartkampung.frontline.today.rules import ELDER, age_on, birthday_within
from smartkampung.kernel.language import either
from smartkampung.recovery.affected.queries.records import affected_for
from smartkampung.recovery.affected.rules.course import State
from smartkampung.regions.codes import level, spread
from smartkampung.residents.models import Person
from smartkampung.residents.queries.people import residents_for

KIND = Permission.KINDNESS_VIEW
PURPOSE = "frontline.neighbourhood"
NEEDED = ("name", "relation", "born_on", "family_id", "region_code", "status")
CARD = ("family__address", "family__dusun", "family__phone", "family__phone_index")
WAITS = (State.TO_VERIFY, State.VERIFIED)


@dataclass(frozen=True)
class Home:
    """One family: its head, how many live there, what it gets and waits for.

    ``claims`` and ``losses`` are states: of a claim to aid, of a record of the crisis;
    ``calls`` are those who asked by text to be called, from its phone.
    """

    id: int
    head: Person
    people: int
    gets: tuple[str, ...]
    claims: tuple[str, ...]
    losses: tuple[str, ...]
    calls: tuple[Assist, ...] = ()

    @property
    def waits(self) -> bool:
        """Say whether the family waits for something."""
        return bool(self.claims or self.losses or self.calls)


@dataclass(frozen=True)
class Thought:
    """Somebody to think of: who has a birthday, or who is old and lives alone."""

    person: Person
    years: int
    on: date | None = None


@dataclass(frozen=True)
class Neighbourhood:
    """All of an RT on a day."""

    homes: list[Home]
    birthdays: list[Thought]
    alone: list[Thought]

    def thought_of(self, person_id: int) -> Person:
        """Return one of those to think of; 404 for every other neighbour."""
        for one in (*self.birthdays, *self.alone):
            if one.person.pk == person_id:
                return one.person
        raise Http404

    @property
    def people(self) -> int:
        """Return how many people live here."""
        return sum(home.people for home in self.homes)

    @property
    def with_aid(self) -> int:
        """Return how many families get something."""
        return sum(bool(home.gets) for home in self.homes)

    @property
    def waiting(self) -> int:
        """Return how many families wait for something."""
        return sum(home.waits for home in self.homes)


def neighbourhood_for(actor: Actor, code: str, *, on: date) -> Neighbourhood:
    """Return an RT; that all of these people were looked at is written down.

    404 for what is no RT, or outside the actor's area.
    """
    if level(code) != "rt" or not actor.may_in(KIND, code):
        raise Http404
    rows = residents_for(actor, permission=KIND).filter(
        spread("region_code", code), status=Person.Status.LIVING, merged_into=None
    )
    members: dict[int, list[Person]] = defaultdict(list)
    rows = rows.select_related("family").only(*NEEDED, *CARD)
    for person in rows.order_by("relation", "born_on", "pk"):
        members[person.family_id].append(person)
    found = Neighbourhood(
        homes=_homes(actor, members, on),
        birthdays=_birthdays(members, on),
        alone=_alone(members, on),
    )
    _note(actor, found)
    return found


def _homes(actor: Actor, members: dict[int, list[Person]], on: date) -> list[Home]:
    families = list(members)
    gets, claims, losses = (defaultdict[int, set[str]](set) for _ in range(3))
    received = Enrolment.objects.filter(running(on), family_id__in=families)
    for family, name, name_en in received.values_list(
        "family_id", "programme__name", "programme__name_en"
    ):
        gets[family].add(either(name, name_en))
    asked = claims_for(actor, KIND).filter(
        person__family_id__in=families, closed_at=None
    )
    for family, state in asked.values_list("person__family_id", "state"):
        claims[family].add(state)
    hit = affected_for(actor, KIND).filter(
        person__family_id__in=families, state__in=WAITS
    )
    for family, state in hit.values_list("person__family_id", "state"):
        losses[family].add(state)
    calls = _calls(actor, members)
    homes = [
        Home(
            id=family,
            head=people[0],
            people=len(people),
            gets=tuple(sorted(gets[family])),
            claims=tuple(sorted(claims[family])),
            losses=tuple(sorted(losses[family])),
            calls=tuple(calls[family]),
        )
        for family, people in members.items()
    ]
    return sorted(homes, key=lambda home: (not home.waits, home.head.name, home.id))


def _calls(
    actor: Actor, members: dict[int, list[Person]]
) -> Mapping[int, list[Assist]]:
    """Return who asked by text to be called, by the family whose phone it was."""
    phones = {
        family: bytes(people[0].family.phone_index or b"")
        for family, people in members.items()
    }
    asked = assists_for(actor).filter(
        closed_at=None, phone_index__in={index for index in phones.values() if index}
    )
    by_phone: dict[bytes, list[Assist]] = defaultdict(list)
    for row in asked:
        by_phone[bytes(row.phone_index)].append(row)
    return {family: by_phone.get(index, []) for family, index in phones.items()}


def _birthdays(members: dict[int, list[Person]], on: date) -> list[Thought]:
    found = []
    for person in _people(members):
        day = birthday_within(person.born_on, on) if person.born_on else None
        if person.born_on and day:
            found.append(Thought(person, age_on(person.born_on, day), day))
    return sorted(found, key=lambda one: (one.on or on, one.person.name))


def _alone(members: dict[int, list[Person]], on: date) -> list[Thought]:
    singles = [people[0] for people in members.values() if len(people) == 1]
    found = [
        Thought(person, age_on(person.born_on, on))
        for person in singles
        if person.born_on
    ]
    old = [one for one in found if one.years >= ELDER]
    return sorted(old, key=lambda one: (-one.years, one.person.name))


def _people(members: dict[int, list[Person]]) -> Iterable[Person]:
    return (person for people in members.values() for person in people)


def _note(actor: Actor, found: Neighbourhood) -> None:
    shown = {home.head.pk for home in found.homes}
    shown |= {one.person.pk for one in (*found.birthdays, *found.alone)}
    looked(
        person_ids=sorted(shown),
        by=actor.username,
        role=actor.role_for(KIND),
        purpose=PURPOSE,
    )
