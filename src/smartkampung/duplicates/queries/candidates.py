"""Who in the registry may be the person that is being entered? By the trained model.

PostgreSQL finds some hundred records by birth date, name and card; Python weighs them
with the same comparisons and odds as the search of the whole registry.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Prefetch, QuerySet

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.duplicates.models import NameShare
from smartkampung.duplicates.rules.comparisons import NAMES_ALIKE
from smartkampung.duplicates.rules.traits import Facts, Traits, Veil, traits_of
from smartkampung.duplicates.rules.weights import (
    RARE,
    Evidence,
    Share,
    current_model,
    evidence,
)
from smartkampung.kernel.sealed import Sealed, blind_indexes
from smartkampung.residents.models import KK, NIK, NikClaim, Person
from smartkampung.residents.queries import note_looks
from smartkampung.residents.rules import fold_name

LOOKED_AT = 400
NOBODY = 0

_ALIKE = """
    SELECT id FROM residents_person
    WHERE resident_search_keys(name_folded, region_code, born_on) @@ %s::tsquery
    LIMIT %s
"""


@dataclass(frozen=True)
class Entered:
    """What is known of a person who is being entered; what is not known is empty."""

    name: str
    sex: str
    born_on: date | None
    region_code: str
    nik: str = ""  # 16 digits
    kk: str = ""  # 16 digits
    father_name: str = ""
    mother_name: str = ""
    birth_place: str = ""


@dataclass(frozen=True)
class Candidate:
    """A record that may be of the person entered, and why."""

    person: Person
    evidence: Evidence


@dataclass(frozen=True)
class Candidates:
    """Likely records inside the actor's area, the likeliest first.

    ``elsewhere`` counts those outside: the actor learns that there are some, and no
    more; once the person is entered, the office above decides.
    """

    here: list[Candidate] = field(default_factory=list)
    elsewhere: int = 0


def candidates_for(
    actor: Actor,
    entered: Entered,
    *,
    purpose: str = "resident.candidates",
    permission: Permission = Permission.RESIDENT_FIND,
) -> Candidates:
    """Return the records that may already be of a person who is being entered.

    Ask before the person is stored, so that nobody is entered twice; afterwards call
    ``actions.propose_for``. Each record returned is written down as a look.
    """
    found = list(_likely(entered, apart_from=NOBODY))
    here = [
        Candidate(person, weighed)
        for person, weighed in found
        if actor.may_in(permission, person.region_code)
    ]
    note_looks(
        actor,
        [candidate.person for candidate in here],
        purpose=purpose,
        permission=permission,
    )
    return Candidates(here, len(found) - len(here))


def likely_doubles(person_id: int) -> list[tuple[int, Evidence]]:
    """Return who else in the registry may be this person, the likeliest first."""
    person = _with_claims(Person.objects.filter(pk=person_id)).get()
    entered = Entered(
        name=person.name,
        sex=person.sex,
        born_on=person.born_on,
        region_code=person.region_code,
        nik=(nik.open() if (nik := _nik_of(person)) else ""),
        kk=person.family.kk.open() if person.family.kk else "",
        father_name=person.father_name,
        mother_name=person.mother_name,
        birth_place=person.birth_place,
    )
    found = _likely(entered, apart_from=person_id, family_id=person.family_id)
    return [(other.pk, weighed) for other, weighed in found]


def weigh(first_id: int, second_id: int) -> Evidence:
    """Return what speaks for and against two records' being of one person."""
    veil = Veil()
    rows = _with_claims(Person.objects.filter(pk__in=[first_id, second_id]))
    first, second = (traits_of_person(row, veil) for row in rows.order_by("pk"))
    return evidence(
        current_model(),
        first,
        second,
        people=people_registered(),
        share=_shares(first),
    )


def _likely(
    entered: Entered, *, apart_from: int, family_id: int | None = None
) -> list[tuple[Person, Evidence]]:
    veil, model = Veil(), current_model()
    wanted = _traits_of_entered(entered, veil, family_id)
    ids = _ids_alike(entered, wanted, family_id) - {apart_from}
    rows = _with_claims(Person.objects.filter(pk__in=ids))
    people, shares = people_registered(), _shares(wanted)
    found = []
    for person in rows.exclude(status=Person.Status.MERGED):
        weighed = evidence(
            model, wanted, traits_of_person(person, veil), people=people, share=shares
        )
        if weighed.weight >= model.threshold and weighed.name_level in NAMES_ALIKE:
            found.append((person, weighed))
    return sorted(found, key=lambda pair: (-pair[1].weight, pair[0].pk))


def _ids_alike(entered: Entered, wanted: Traits, family_id: int | None) -> set[int]:
    ids = set()
    with connection.cursor() as cursor:
        for query in _queries(entered, wanted):
            cursor.execute(_ALIKE, [query, LOOKED_AT])
            ids |= {row[0] for row in cursor.fetchall()}
    if entered.nik:
        indexes = blind_indexes(entered.nik, NIK)
        holders = Person.objects.filter(nik_index__in=indexes)
        claims = NikClaim.objects.filter(nik_index__in=indexes, decided_at=None)
        ids |= {*holders.values_list("pk", flat=True)}
        ids |= {*claims.values_list("claimant", flat=True)}
    family = _family_of(entered, family_id)
    return ids | {*family.values_list("pk", flat=True)}


def _family_of(entered: Entered, family_id: int | None) -> QuerySet[Person]:
    if family_id is None and not entered.kk:
        return Person.objects.none()
    if family_id is not None:
        return Person.objects.filter(family=family_id)
    indexes = blind_indexes(entered.kk, KK)
    return Person.objects.filter(family__kk_index__in=indexes)


def _queries(entered: Entered, wanted: Traits) -> Iterator[str]:
    """Yield what the search index is asked, each for another way to be alike."""
    words = " & ".join(f"'{word}'" for word in wanted.name.split())
    if wanted.born:
        days = {wanted.born, f"{wanted.born[:4]}{wanted.born[6:]}{wanted.born[4:6]}"}
        born = " | ".join(f"'#{day}'" for day in sorted(days))
        yield f"({born}) & '@{wanted.village}':*"
        if words:
            yield f"({born}) & ({words.replace('&', '|')})"
            yield f"'#{wanted.born[:4]}':* & {words}"
    if words:
        yield f"'@{wanted.village}':* & {words}"


def traits_of_person(person: Person, veil: Veil) -> Traits:
    """Return what of a stored record is compared; its claimed NIK when it has none."""
    nik = _nik_of(person)
    return traits_of(
        Facts(
            id=person.pk,
            name=person.name_folded,
            sex=person.sex,
            born_on=person.born_on,
            region_code=person.region_code,
            family=str(person.family_id),
            birth_place=person.birth_place,
            mother_name=person.mother_name,
            father_name=person.father_name,
            nik=veil.hide(nik.open()) if nik else "",
        )
    )


def _traits_of_entered(entered: Entered, veil: Veil, family_id: int | None) -> Traits:
    known = _family_of(entered, family_id).values_list("family", flat=True).first()
    return traits_of(
        Facts(
            id=NOBODY,
            name=fold_name(entered.name),
            sex=entered.sex,
            born_on=entered.born_on,
            region_code=entered.region_code,
            family=str(known or ""),
            birth_place=entered.birth_place,
            mother_name=entered.mother_name,
            father_name=entered.father_name,
            nik=veil.hide(entered.nik) if entered.nik else "",
        )
    )


def _with_claims(people: QuerySet[Person]) -> QuerySet[Person]:
    open_claims = NikClaim.objects.filter(decided_at=None)
    return people.select_related("family").prefetch_related(
        Prefetch("nik_claims", open_claims, to_attr="open_claims")
    )


def _nik_of(person: Person) -> Sealed | None:
    claims: list[NikClaim] = getattr(person, "open_claims", [])
    return person.nik or (claims[0].nik if claims else None)


def people_registered() -> int:
    """Return about how many people there are, without counting them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples::bigint FROM pg_class"
            " WHERE oid = 'residents_person'::regclass"
        )
        return max(int(cursor.fetchone()[0]), 0)


def _shares(wanted: Traits) -> Share:
    """Return how common the values of one record are, read at once.

    Before the first search of the registry nothing is known to be rare: then every
    value is as common as values usually are.
    """
    if not NameShare.objects.exists():
        odds = current_model().odds
        usual = {column: odds[name][code].u for (name, code), column in RARE.items()}
        return lambda column, value: usual[column]
    values = {column: getattr(wanted, column) for column in set(RARE.values())}
    rows: Iterable[tuple[str, str, float]] = NameShare.objects.filter(
        value__in=set(values.values())
    ).values_list("column", "value", "share")
    known = {(column, value): share for column, value, share in rows}
    return lambda column, value: known.get((column, value))
