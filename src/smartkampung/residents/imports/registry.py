"""What the registry knows about the people and cards of a batch, in few queries.

Takes no actor: whoever starts an import was checked for the village before.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count

from smartkampung.kernel.sealed import Sealed
from smartkampung.regions.codes import within
from smartkampung.regions.models import Region
from smartkampung.residents.models import Family, NikClaim, Person


class KnownPerson(NamedTuple):
    """A person as the registry has them; in the order of ``_PERSON``."""

    id: int
    nik_index: bytes | None
    nik_flags: int
    temporary_id: str
    name: str
    name_folded: str
    sex: str
    born_on: date | None
    birth_place: str
    religion: int | None
    education: int | None
    occupation: int | None
    marital_status: int | None
    blood_type: int | None
    citizenship: int
    relation: int | None
    father_name: str
    mother_name: str
    region_code: str
    status: str
    family_id: int
    family_kk: Sealed | None
    family_kk_index: bytes | None
    detail: Sealed | None


_PERSON = (
    *KnownPerson._fields[:-3],
    "family__kk",
    "family__kk_index",
    "detail__box",
)


class KnownCard(NamedTuple):
    """A family card as the registry has it."""

    id: int
    kk_index: bytes | None
    temporary_id: str
    region_code: str
    address: str
    dusun: str
    phone_index: bytes | None


def regions_in(scope: str) -> set[str]:
    """Return every region code inside an area."""
    rows = Region.objects.filter(within("code", [scope]))
    return set(rows.values_list("code", flat=True))


def is_empty() -> bool:
    """Say whether the registry knows nobody yet."""
    return not Person.objects.exists() and not Family.objects.exists()


def people_by_nik(
    indexes: Collection[bytes], *, lock: bool
) -> dict[bytes, KnownPerson]:
    """Return who has these NIKs, wherever they live; locked when they may change."""
    if not indexes:
        return {}
    rows = Person.objects.filter(nik_index__in=indexes)
    if lock:
        _lock(rows)
    return {bytes(row[1]): row for row in _known(rows) if row[1] is not None}


def person(key: int) -> KnownPerson | None:
    """Return one person, locked, or nothing when they are gone."""
    rows = Person.objects.filter(pk=key)
    _lock(rows)
    return next(iter(_known(rows)), None)


def claimants_by_nik(
    indexes: Collection[bytes], *, lock: bool
) -> dict[bytes, list[KnownPerson]]:
    """Return who stands in quarantine because somebody else has their NIK."""
    claims = NikClaim.objects.filter(nik_index__in=indexes, decided_at=None)
    pairs = list(claims.values_list("nik_index", "claimant_id"))
    rows = Person.objects.filter(pk__in=[pk for _, pk in pairs])
    if lock:
        _lock(rows)
    people = {row.id: row for row in _known(rows)}
    found: dict[bytes, list[KnownPerson]] = {}
    for index, pk in pairs:
        found.setdefault(bytes(index), []).append(people[pk])
    return found


def people_without_nik(scope: str, *, lock: bool) -> list[KnownPerson]:
    """Return the people of an area whose NIK the registry does not know."""
    rows = Person.objects.filter(within("region_code", [scope]), nik_index=None)
    if lock:
        _lock(rows)
    return list(_known(rows.order_by("pk")))


def people_named(
    keys: Collection[tuple[str, date | None]], *, scope: str, below: int | None
) -> list[KnownPerson]:
    """Return those with a NIK who share name and birth date with somebody without.

    ``below`` leaves out the people whom this very import added.
    """
    if not keys:
        return []
    rows = Person.objects.filter(
        within("region_code", [scope]),
        name_folded__in={name for name, _ in keys},
        born_on__in={born for _, born in keys if born},
        nik_index__isnull=False,
    )
    if below is not None:
        rows = rows.filter(pk__lt=below)
    return list(_known(rows))


def cards_by_kk(indexes: Collection[bytes], *, lock: bool) -> dict[bytes, KnownCard]:
    """Return the cards of these numbers, wherever they are."""
    if not indexes:
        return {}
    rows = Family.objects.filter(kk_index__in=indexes)
    if lock:
        _lock(rows)
    return {bytes(card.kk_index): card for card in _cards(rows) if card.kk_index}


def cards_by_temporary_id(
    ids: Collection[str], scope: str, *, lock: bool
) -> list[KnownCard]:
    """Return the cards of an area that a source system numbered itself."""
    if not ids:
        return []
    rows = Family.objects.filter(within("region_code", [scope]), temporary_id__in=ids)
    if lock:
        _lock(rows)
    return list(_cards(rows.order_by("-pk")))


def cards_by_id(ids: Collection[int], *, lock: bool) -> dict[int, KnownCard]:
    """Return cards of the registry by their ids."""
    rows = Family.objects.filter(pk__in=ids)
    if lock:
        _lock(rows)
    return {card.id: card for card in _cards(rows)}


def living_members(families: Collection[int]) -> dict[int, int]:
    """Return how many living people stand on each of these cards."""
    rows = Person.objects.filter(family_id__in=families, status="living")
    counts = rows.order_by().values("family_id").annotate(n=Count("pk"))
    return dict(counts.values_list("family_id", "n"))


def _lock(rows: Any) -> None:
    list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _known(rows: Any) -> Iterable[KnownPerson]:
    return map(KnownPerson._make, rows.values_list(*_PERSON))


def _cards(rows: Any) -> Iterable[KnownCard]:
    return map(KnownCard._make, rows.values_list(*KnownCard._fields))
