"""Who is written down for the first time: born here, or moved in from outside."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from smartkampung.kernel.clock import day
from smartkampung.kernel.sealed import blind_indexes
from smartkampung.residents.actions.cards import open_card, taken
from smartkampung.residents.actions.happening import (
    Act,
    Plan,
    appeared,
    living,
    members_of,
    perform,
    refuse_if,
)
from smartkampung.residents.actions.nik import set_nik
from smartkampung.residents.life.models import LifeEvent
from smartkampung.residents.models import NIK, Family, Person
from smartkampung.residents.rules import fold_name
from smartkampung.residents.rules.families import HEAD
from smartkampung.residents.rules.life import (
    DEAD,
    LIVING,
    Bar,
    Kind,
    bars_to_be_born,
)

INDONESIAN, UNMARRIED = 1, 1


@dataclass(frozen=True)
class Newcomer:
    """A person as the form tells; codes are those of SIAK, ``nik`` 16 digits or empty."""

    name: str
    sex: str
    born_on: date
    relation: int
    nik: str = ""
    birth_place: str = ""
    religion: int | None = None
    marital_status: int | None = None
    education: int | None = None
    occupation: int | None = None
    father_name: str = ""
    mother_name: str = ""


def record_birth(
    *, act: Act, family: Family, child: Newcomer, mother: Person | None = None
) -> LifeEvent:
    """Write down a birth into a family, on the day the child was born.

    A NIK that somebody else has stands contested. Raises CannotRecord, Busy.
    """

    def take() -> Plan:
        members = members_of(family.pk)
        mother_is = next((m for m in members if mother and m.pk == mother.pk), None)
        bars = bars_to_be_born(
            born_on=child.born_on,
            today=day(act.at),
            anybody_lives_there=bool(living(members)),
            known_already=_known(members, child),
            mother_born_on=mother_is.born_on if mother_is else None,
            mother_sex=mother_is.sex if mother_is else "",
        )
        refuse_if(bars)
        return _Arrival(family, child, Kind.BIRTH)

    born = replace(act, on=child.born_on)
    return perform(born, cards={family.pk}, take=take)[0]


def record_move_in(*, act: Act, family: Family, newcomer: Newcomer) -> LifeEvent:
    """Write down that somebody from outside the regency now lives with a family.

    ``act.elsewhere`` is where they come from. Raises CannotRecord, Busy.
    """

    def take() -> Plan:
        members = members_of(family.pk)
        bars = bars_to_arrive(act, newcomer)
        if newcomer.relation == HEAD and any(
            m.relation == HEAD for m in living(members)
        ):
            bars.append(Bar.RELATION_NEEDED)
        if _known(members, newcomer):
            bars.append(Bar.ALREADY_RECORDED)
        refuse_if(bars)
        return _Arrival(family, newcomer, Kind.MOVE_IN)

    return perform(act, cards={family.pk}, take=take)[0]


def open_family(
    *, act: Act, region_code: str, kk: str, address: str, head: Newcomer
) -> LifeEvent:
    """Write down a family from outside the regency: its card, and its head.

    The others are added one by one. Raises CannotRecord, Busy.
    """

    def take() -> Plan:
        refuse_if(bars_to_arrive(act, head) + taken(kk))
        card = open_card(kk, like=None, region_code=region_code)
        card.address = address
        card.save(update_fields=["address"])
        return _Arrival(card, head, Kind.MOVE_IN)

    return perform(act, cards=set(), take=take)[0]


def bars_to_arrive(act: Act, newcomer: Newcomer) -> list[Bar]:
    """Return what speaks against somebody having arrived from outside."""
    tests = {
        Bar.IN_FUTURE: act.on > day(act.at),
        Bar.BEFORE_BIRTH: act.on < newcomer.born_on,
        Bar.NO_PLACE_NAMED: not act.elsewhere.strip(),
    }
    found = [bar for bar, holds in tests.items() if holds]
    return found + _bars_of_nik(newcomer.nik)


def _bars_of_nik(nik: str) -> list[Bar]:
    if not nik:
        return []
    holder = Person.objects.filter(nik_index__in=blind_indexes(nik, NIK)).first()
    if holder is None:
        return []
    if holder.status == DEAD:
        return [Bar.DIED]
    return [Bar.NIK_LIVES_HERE if holder.status == LIVING else Bar.NIK_RETURNS]


def _known(members: Sequence[Person], new: Newcomer) -> bool:
    folded = fold_name(new.name)
    return any(m.name_folded == folded and m.born_on == new.born_on for m in members)


class _Arrival(Plan):
    """A plan that makes a person and their first event."""

    def __init__(self, family: Family, who: Newcomer, kind: Kind) -> None:
        super().__init__()
        self.family, self.who, self.kind = family, who, kind

    def write(self, act: Act) -> list[LifeEvent]:
        """Make the person, with a NIK that is theirs or stands contested."""
        who = self.who
        person = Person.objects.create(
            name=who.name,
            name_folded=fold_name(who.name),
            sex=who.sex,
            born_on=who.born_on,
            birth_place=who.birth_place,
            religion=who.religion,
            education=who.education,
            occupation=who.occupation,
            marital_status=who.marital_status or UNMARRIED,
            citizenship=INDONESIAN,
            relation=who.relation,
            father_name=who.father_name,
            mother_name=who.mother_name,
            family=self.family,
            region_code=self.family.region_code,
            status=LIVING,
        )
        event = appeared(act, person, self.kind)
        if who.nik:
            set_nik(person=person, nik=who.nik, by=act.by, at=act.at)
        return [event]
