"""Made-up people whom a stranger plays: numbers to type, and what each one shows.

Serials of 9901 and more are given to nobody else, so these cases never clash with
the generated population.
"""

from datetime import date, timedelta
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.residents.bulk import FamilyRow, PersonRow

KECAMATAN = "35.10.09"
VILLAGE = "35.10.09.2003"
NEXT_DOOR = "35.10.09.2002"
RT = f"{VILLAGE}.001.001"
RT_NEXT_DOOR = f"{NEXT_DOOR}.001.001"
SARIS_FAMILY = "3510090305129907"
DIED_ALONE = "3510091010089903"  # the card of who died, and nobody else's
NOBODYS_NIK, NOBODYS_KK = "3510095708909999", "3510091206159999"
HEAD, WIFE, CHILD = 1, 3, 4
FARM_HAND, DRIVER, FISHER, HOUSEHOLD, PUPIL = 20, 81, 11, 2, 3


class Playable(NamedTuple):
    """One person to play on the public form, and what happens then."""

    name: str
    nik: str
    kk: str
    born_on: date
    phone: str
    region: str
    shows: Promise


class Case(NamedTuple):
    """A family of the cast: its rows, whom to play, and the aid it receives."""

    family: FamilyRow
    shows: Promise
    receives: tuple[str, ...] = ()


def _person(
    nik: str, name: str, sex: str, born: date, *, relation: int = HEAD, work: int = 19
) -> PersonRow:
    married = relation in {HEAD, WIFE}
    return PersonRow(
        nik=nik,
        name=name,
        sex=sex,
        born_on=born,
        relation=relation,
        birth_place="Banyuwangi",
        religion=1,
        education=3 if married else 2,
        occupation=work,
        marital_status=2 if married else 1,
        blood_type=13,
    )


def _family(
    kk: str, *members: PersonRow, region: str = RT, phone: bool = True
) -> FamilyRow:
    number = f"+628499900{kk[-4:]}" if phone else ""
    return FamilyRow(kk, region, members, dusun="Krajan", phone=number)


def cases() -> list[Case]:
    """Return the families of the cast, Wayan's first."""
    return [_wayans(), *_known_to_the_aid(), *_odd_numbers(), *_elsewhere_or_hidden()]


def _wayans() -> Case:
    wayan = _person(
        "3510091204859901", "I Wayan Sukarta", "L", date(1985, 4, 12), work=DRIVER
    )._replace(religion=4)
    ketut = _person(
        "3510095506889901",
        "Ni Ketut Sulastri",
        "P",
        date(1988, 6, 15),
        relation=WIFE,
        work=HOUSEHOLD,
    )._replace(religion=4)
    putu = _person(
        "3510094310149901",
        "Ni Putu Ayu Lestari",
        "P",
        date(2014, 10, 3),
        relation=CHILD,
        work=PUPIL,
    )._replace(religion=4, father_name=wayan.name, mother_name=ketut.name)
    return Case(
        _family("3510091501109901", wayan, ketut, putu),
        _("Lost his work, receives nothing: plays the whole journey to a food pack."),
    )


def _known_to_the_aid() -> list[Case]:
    siti = _person(
        "3510094107799902", "Siti Maimunah", "P", date(1979, 7, 1), work=FARM_HAND
    )._replace(marital_status=4)
    dead = _person(
        "3510095003409903", "Mbah Tukiyem", "P", date(1940, 3, 10), work=HOUSEHOLD
    )._replace(status="dead", marital_status=4)
    moved = _person("3510090808829904", "Agus Hariyanto", "L", date(1982, 8, 8))
    return [
        Case(
            _family("3510090207119902", siti),
            _("Receives PKH and BPNT already: staff see the red light."),
            ("pkh", "bpnt"),
        ),
        Case(
            _family(DIED_ALONE, dead),
            _("Has died, and the registry knows: no aid can be approved."),
        ),
        Case(
            _family("3510092109139904", moved._replace(status="moved")),
            _("Moved away: the village is warned."),
        ),
    ]


def _odd_numbers() -> list[Case]:
    holder = _person("3510092010759905", "Misnadi", "L", date(1975, 10, 20))
    claimant = _person("3510092010759905", "Misnadin", "L", date(1975, 10, 20))
    differs = _person("3510090102689906", "Suparman", "L", date(1968, 1, 2))
    return [
        Case(
            _family("3510091804109905", holder),
            _("Another person claims the same NIK: it waits for a decision."),
        ),
        Case(
            _family("3510091804109915", claimant),
            _("Claims a NIK that another person has: stands in quarantine."),
        ),
        Case(
            _family("3510090606099906", differs),
            _("The birth date in the NIK differs from the record: a warning only."),
        ),
    ]


def _elsewhere_or_hidden() -> list[Case]:
    kin = _person("3510091711909907", "Eko Wulandono", "L", date(1990, 11, 17))
    neighbour = _person(
        "3510092505809908", "Moh. Hasan Basri", "L", date(1980, 5, 25), work=FARM_HAND
    )
    phoneless = _person("3510096412599909", "Ponirah", "P", date(1959, 12, 24))
    without_nik = _person("", "Slamet Riyadi", "L", date(1972, 2, 9))._replace(
        temporary_id="0351009200300099"
    )
    return [
        Case(
            _family(SARIS_FAMILY, kin),
            _("Kin of Sari, the village officer: somebody else must check as well."),
        ),
        Case(
            _family("3510091212149908", neighbour, region=RT_NEXT_DOOR),
            _("Lives in the next village: Sari cannot open him, Budi can."),
        ),
        Case(
            _family("3510090901079909", phoneless, phone=False),
            _("No phone on record: the outcome is told at the village office."),
        ),
        Case(
            _family("3510093008169910", without_nik),
            _("Has no NIK yet, only a temporary id: staff find him by name."),
        ),
    ]


def playable() -> list[Playable]:
    """Return whom a stranger can play, with the numbers to type; demo only."""
    shown = [_playable(case) for case in cases() if case.family.members[0].nik]
    return [
        *shown,
        Playable(
            "-",
            NOBODYS_NIK,
            NOBODYS_KK,
            date(1990, 8, 17),
            "",
            RT,
            _("Unknown to the registry: the answer looks exactly the same."),
        ),
    ]


def enrolled_since(on: date) -> date:
    """Return since when the cast receives what it receives."""
    return on - timedelta(days=200)


def _playable(case: Case) -> Playable:
    head, family = case.family.members[0], case.family
    born = head.born_on or date.min
    phone = family.phone.replace("+62", "0")
    return Playable(
        head.name, head.nik, family.kk, born, phone, family.region_code, case.shows
    )
