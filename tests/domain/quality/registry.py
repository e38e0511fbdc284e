"""A small registry without a fault, and one way into and out of each fault."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.quality.queries import tally_by
from smartkampung.quality.rules import Fault
from smartkampung.residents.models import KK, Family, Person
from tests.population import HERE, RT_HERE, WAYAN_KK, WAYAN_NIK, WAYAN_PHONE, person
from tests.population import family as card_of

TODAY = date(2026, 11, 24)
FILLED = {"religion": 4, "education": 5, "occupation": 81, "marital_status": 2}
PUTU_NIK = "3510090310140005"


class Home(NamedTuple):
    """Wayan, the head of a card, and his son Putu: nothing is wrong with them."""

    card: Family
    wayan: Person
    putu: Person

    @property
    def mended(self) -> dict[str, Any]:
        """Return what is right on Wayan's record."""
        return {name: getattr(self.wayan, name) for name in RIGHT}


RIGHT = (
    "nik",
    "nik_index",
    "nik_flags",
    "name",
    "sex",
    "born_on",
    "relation",
    "region_code",
    *FILLED,
)


def home() -> Home:
    """Make Wayan's family, complete and right."""
    card = card_of(WAYAN_KK, phone=WAYAN_PHONE)
    wayan = person("I Wayan Sudarma", WAYAN_NIK, household=card)
    putu = person(
        "I Putu Sudarma",
        PUTU_NIK,
        household=card,
        born_on=date(2014, 10, 3),
        relation=4,
    )
    Person.objects.filter(family=card).update(**FILLED | {"marital_status": 1})
    wayan.refresh_from_db()
    return Home(card, wayan, putu)


def found(region: str = HERE, *, on: date = TODAY) -> dict[str, int]:
    """Return the faults that are found in a place, by kind."""
    tallies = tally_by("village", region=region, on=on)
    return {
        fault: count
        for tally in tallies.values()
        for fault, count in tally.found.items()
        if count
    }


class Case(NamedTuple):
    """How a fault comes into a record, and how it is mended."""

    spoil: Callable[[Home], Any]
    mend: Callable[[Home], Any]


def _wayan(**wrong: Any) -> Case:
    def write(at: Home, fields: dict[str, Any]) -> None:
        Person.objects.filter(pk=at.wayan.pk).update(**fields)

    return Case(
        lambda at: write(at, wrong),
        lambda at: write(at, {name: at.mended[name] for name in wrong}),
    )


def _putu(wrong: dict[str, Any], right: dict[str, Any]) -> Case:
    def write(at: Home, fields: dict[str, Any]) -> None:
        Person.objects.filter(pk=at.putu.pk).update(**fields)

    return Case(lambda at: write(at, wrong), lambda at: write(at, right))


def _no_number(at: Home) -> None:
    Family.objects.filter(pk=at.card.pk).update(kk=None, kk_index=None)


def _number(at: Home) -> None:
    Family.objects.filter(pk=at.card.pk).update(
        kk=Sealed.of(WAYAN_KK, KK), kk_index=blind_index(WAYAN_KK, KK)
    )


def _neighbours_with_his_phone(at: Home) -> None:
    for _ in range(4):
        person("Tetangga", household=card_of(None, phone=WAYAN_PHONE))


def _one_neighbour_less(at: Home) -> None:
    other = Family.objects.exclude(pk=at.card.pk).first()
    assert other is not None
    Family.objects.filter(pk=other.pk).update(phone=None, phone_index=None)


CHILD = {"relation": 4}
CASES: dict[Fault, Case] = {
    Fault.NIK_MISSING: _wayan(nik=None, nik_index=None),
    Fault.NIK_BIRTH_DATE: _wayan(nik_flags=2),
    Fault.NIK_SEX: _wayan(nik_flags=4),
    Fault.BORN_MISSING: _wayan(born_on=None),
    Fault.BORN_IMPOSSIBLE: _putu(
        {"born_on": date(2026, 11, 25)}, {"born_on": date(2014, 10, 3)}
    ),
    Fault.NAME_IMPOSSIBLE: _wayan(name="W4yan"),
    Fault.SEX_UNKNOWN: _wayan(sex=""),
    Fault.RELATION_MISSING: _putu({"relation": None}, CHILD),
    Fault.MARRIED_CHILD: _putu(
        {"marital_status": 2, "born_on": date(2015, 1, 1)},
        {"marital_status": 1, "born_on": date(2014, 10, 3)},
    ),
    Fault.CODE_UNKNOWN: _wayan(religion=99),
    Fault.OLDER_THAN_PARENT: _putu(
        {"born_on": date(1985, 4, 12)}, {"born_on": date(2014, 10, 3)}
    ),
    Fault.NO_HEAD: _wayan(relation=9),
    Fault.TWO_HEADS: _putu({"relation": 1}, CHILD),
    Fault.KK_MISSING: Case(_no_number, _number),
    Fault.NIK_REGION: _wayan(nik_flags=1),
    Fault.OVER_105: _wayan(born_on=date(1921, 11, 23)),
    Fault.CODE_MISSING: _wayan(education=None),
    Fault.RT_UNKNOWN: _wayan(region_code=HERE),
    Fault.PHONE_SHARED: Case(_neighbours_with_his_phone, _one_neighbour_less),
}
__all__ = ["CASES", "RT_HERE", "TODAY", "Case", "Home", "found", "home"]
