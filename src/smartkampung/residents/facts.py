"""What the registry knows about a family, as facts for rules.

SQL stands here and nowhere in data. ``%(on)s`` is the day that is asked about.
"""

from smartkampung.criteria.kinds import Base, Fact, Kind, Source, Words
from smartkampung.residents.siak import CODES, CodeList

HERE = "age(%(on)s::date, max(coalesce(e.happened_on, who.born_on)))"
YEARS, PEOPLE = Words("tahun", "years"), Words("orang", "people")
REGISTRY = Words("Data kependudukan", "The residents' registry")

MEMBERS = Source(
    "members",
    "p.family_id",
    "residents_person p",
    "p.status = 'living'",
    "GROUP BY p.family_id",
)
DECILE = Source("decile", "d.family_id", "residents_familydecile d")
ARRIVAL = Source(
    "arrival",
    "who.family_id",
    "residents_person who LEFT JOIN residents_lifeevent e ON e.person_id = who.id"
    " AND e.kind IN ('move_in', 'return') AND e.happened_on <= %(on)s::date",
    "who.relation = 1 AND who.status = 'living'",
    "GROUP BY who.family_id",
)
BASE = Base("residents_family f", "f.id", "f.region_code", MEMBERS)


def _of_members(name: str, label: Words, condition: str) -> Fact:
    sql = f"count(*) FILTER (WHERE {condition})"
    return Fact(name, Kind.NUMBER, label, PEOPLE, REGISTRY, MEMBERS, sql, "0")


def _of_head(name: str, label: Words, codes: CodeList) -> Fact:
    return Fact(
        name,
        Kind.CODE,
        label,
        Words("", ""),
        REGISTRY,
        MEMBERS,
        f"max(p.{codes.value}) FILTER (WHERE p.relation = 1)",
        choices={str(code): Words(t.id, t.en) for code, t in CODES[codes].items()},
    )


def _younger(years: int) -> str:
    return f"p.born_on > (%(on)s::date - interval '{years} years')"


FACTS = (
    Fact(
        "head_age",
        Kind.NUMBER,
        Words("Umur kepala keluarga", "Age of the head of the family"),
        YEARS,
        REGISTRY,
        MEMBERS,
        "extract(year FROM age(%(on)s::date, min(p.born_on)"
        " FILTER (WHERE p.relation = 1)))::bigint",
        most=130,
    ),
    _of_head(
        "head_occupation",
        Words("Pekerjaan kepala keluarga", "Occupation of the head of the family"),
        CodeList.OCCUPATION,
    ),
    _of_head(
        "head_education",
        Words("Pendidikan kepala keluarga", "Schooling of the head of the family"),
        CodeList.EDUCATION,
    ),
    _of_members(
        "family_size", Words("Anggota keluarga", "Members of the family"), "true"
    ),
    _of_members(
        "children_under_five",
        Words("Anak di bawah lima tahun", "Children under five"),
        _younger(5),
    ),
    _of_members(
        "school_children",
        Words("Anak umur 7 sampai 18 tahun", "Children aged 7 to 18"),
        f"{_younger(19)} AND NOT ({_younger(7)})",
    ),
    _of_members(
        "elderly",
        Words("Anggota umur 60 tahun ke atas", "Members aged 60 or more"),
        f"NOT ({_younger(60)})",
    ),
    Fact(
        "decile",
        Kind.NUMBER,
        Words("Desil kesejahteraan", "Welfare decile"),
        Words("", ""),
        Words("Daftar desil DTKS/DTSEN", "The list of deciles (DTKS/DTSEN)"),
        DECILE,
        "d.decile::bigint",
        most=10,
    ),
    Fact(
        "months_here",
        Kind.NUMBER,
        Words("Lama tinggal kepala keluarga", "How long the head has lived here"),
        Words("bulan", "months"),
        Words(
            "Kedatangan yang tercatat; bila tidak ada, sejak lahir",
            "The recorded arrival; without one, since birth",
        ),
        ARRIVAL,
        f"(extract(year FROM {HERE}) * 12 + extract(month FROM {HERE}))::bigint",
    ),
)
