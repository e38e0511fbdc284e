"""People and family cards of the cast's villages, made up. Wayan lives here."""

from datetime import date

from smartkampung.accounts.actor import Actor, Post
from smartkampung.accounts.roles import Role
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.residents.models import KK, NIK, PHONE, Family, Person
from smartkampung.residents.rules import fold_name, nik_flags

HERE = "35.10.09.2003"
RT_HERE = f"{HERE}.002.007"
NEXT_DOOR = "35.10.09.2004"
RT_NEXT_DOOR = f"{NEXT_DOOR}.001.001"
WAYAN_NIK = "3510091204850003"
WAYAN_KK = "3510091204110003"
WAYAN_PHONE = "+6281234567890"
WAYAN_BORN = date(1985, 4, 12)


def actor(role: Role, *regions: str, username: str = "sari") -> Actor:
    """Return the rights of an officer without an account, for tests of queries."""
    return Actor(1, username, (Post(role, regions),))


SARI = actor(Role.VILLAGE_OFFICER, HERE)
BUDI = actor(Role.VILLAGE_OFFICER, NEXT_DOOR, username="budi")
ENDANG = actor(Role.KECAMATAN_OFFICER, "35.10.09", username="endang")


def family(
    kk: str | None = WAYAN_KK, *, region: str = RT_HERE, phone: str | None = WAYAN_PHONE
) -> Family:
    """Make a family card."""
    return Family.objects.create(
        kk=Sealed.of(kk, KK) if kk else None,
        kk_index=blind_index(kk, KK) if kk else None,
        phone=Sealed.of(phone, PHONE) if phone else None,
        phone_index=blind_index(phone, PHONE) if phone else None,
        region_code=region,
        address="Jalan Kenanga 3",
    )


def person(
    name: str,
    nik: str | None = None,
    *,
    household: Family | None = None,
    born_on: date | None = WAYAN_BORN,
    sex: str = "L",
    relation: int = 1,
    status: str = "living",
    region: str | None = None,
) -> Person:
    """Make a resident; in a family of their own here when none is given."""
    household = household or family(kk=None, region=region or RT_HERE, phone=None)
    code = region or household.region_code
    return Person.objects.create(
        name=name,
        name_folded=fold_name(name),
        nik=Sealed.of(nik, NIK) if nik else None,
        nik_index=blind_index(nik, NIK) if nik else None,
        nik_flags=nik_flags(nik, region_code=code, born_on=born_on, sex=sex)
        if nik
        else 0,
        born_on=born_on,
        sex=sex,
        relation=relation,
        family=household,
        region_code=code,
        status=status,
    )


def wayan() -> Person:
    """Make Wayan, who has a family card, a NIK and a phone."""
    return person("I Wayan Sudarma", WAYAN_NIK, household=family())
