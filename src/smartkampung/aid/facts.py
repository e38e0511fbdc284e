"""What field checks and lists of recipients say about a family, as facts for rules."""

import csv
from importlib.resources import files

from smartkampung.criteria.kinds import Fact, Kind, Source, Words

NONE = Words("", "")
VISIT = Words("Pemeriksaan lapangan terakhir", "The latest field check")
LISTS = Words("Daftar penerima bantuan", "The lists of recipients")
CHECK = Source(
    "checked",
    "who.family_id",
    "aid_fieldcheck k JOIN aid_claim c ON c.id = k.claim_id"
    " JOIN residents_person who ON who.id = c.person_id",
    "NOT k.kin_declared AND NOT k.kin_found"
    " AND k.checked_at < (%(on)s::date + 1)::timestamp AT TIME ZONE 'Asia/Jakarta'",
    "ORDER BY who.family_id, k.checked_at DESC",
    distinct=True,
)
LISTED = Source(
    "listed",
    "n.family_id",
    "aid_enrolment n",
    "n.since <= %(on)s::date AND (n.until IS NULL OR n.until > %(on)s::date)",
    "GROUP BY n.family_id",
)


def _rows(name: str) -> list[dict[str, str]]:
    table = files("smartkampung.aid").joinpath("data", f"{name}.csv")
    return list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


QUESTIONS = _rows("criteria")
POVERTY = [row["code"] for row in QUESTIONS if row["group"] == "poverty"]
_MET = " + ".join(
    f"coalesce((k.answers->>'{code}')::boolean, false)::int" for code in POVERTY
)


def _answer(row: dict[str, str]) -> Fact:
    return Fact(
        row["code"],
        Kind.YES_NO,
        Words(row["question"].rstrip("?"), row["question_en"].rstrip("?")),
        NONE,
        VISIT,
        CHECK,
        f"(k.answers->>'{row['code']}')::boolean",
    )


def _component(name: str, label: Words) -> Fact:
    origin = Words("Komponen pada daftar penerima", "Components on lists of recipients")
    sql = f"bool_or(n.component = '{name}')"
    return Fact(name, Kind.YES_NO, label, NONE, origin, LISTED, sql, "false")


FACTS = (
    Fact(
        "poverty_met",
        Kind.NUMBER,
        Words("Kriteria miskin yang terpenuhi", "Poverty criteria met"),
        Words("dari 14", "of 14"),
        VISIT,
        CHECK,
        f"({_MET})::bigint",
        most=len(POVERTY),
    ),
    *(_answer(row) for row in QUESTIONS),
    _component("pregnancy", Words("Ada ibu hamil", "A member is pregnant")),
    _component(
        "disability", Words("Ada penyandang disabilitas", "A member has a disability")
    ),
    Fact(
        "receives",
        Kind.CODES,
        Words("Bantuan yang sedang diterima", "Aid that is received"),
        NONE,
        LISTS,
        LISTED,
        "array_agg(DISTINCT n.programme_id::text)",
        "'{}'::text[]",
        {
            row["code"]: Words(row["name"], row["name_en"])
            for row in _rows("programmes")
        },
    ),
    Fact(
        "programmes_received",
        Kind.NUMBER,
        Words("Banyaknya bantuan yang diterima", "How many programmes are received"),
        Words("program", "programmes"),
        LISTS,
        LISTED,
        "count(DISTINCT n.programme_id)",
        "0",
    ),
)
