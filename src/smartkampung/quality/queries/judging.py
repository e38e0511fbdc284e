"""How each rule reads in SQL. One statement judges everybody of an area at once.

Every living resident gets a number with one bit for each fault. Conditions hold
constants of this program and code lists only; places and days are parameters.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from smartkampung.quality import rules
from smartkampung.quality.rules import BITS, Fault
from smartkampung.residents.siak import CODES, HEAD_OF_FAMILY, CodeList

HUSBAND, WIFE, CHILD, PARENT = 2, 3, 4, 7
SINGLE = 1
ASKED = ("religion", "education", "occupation", "marital_status")


def _known(column: CodeList) -> str:
    return f"p.{column} IN ({', '.join(map(str, sorted(CODES[column])))})"


_UNKNOWN_CODE = " OR ".join(f"NOT {_known(column)}" for column in CodeList)
_OF_ONE: Mapping[Fault, str] = {
    Fault.NIK_MISSING: "p.nik_index IS NULL",
    Fault.NIK_BIRTH_DATE: "p.nik_flags & 2 <> 0",
    Fault.NIK_SEX: "p.nik_flags & 4 <> 0",
    Fault.BORN_MISSING: "p.born_on IS NULL",
    Fault.BORN_IMPOSSIBLE: "p.born_on > %(today)s OR p.born_on < %(impossible)s",
    Fault.NAME_IMPOSSIBLE: "length(btrim(p.name)) < 2 OR p.name ~ '[0-9]'",
    Fault.SEX_UNKNOWN: "p.sex NOT IN ('L', 'P')",
    Fault.RELATION_MISSING: "p.relation IS NULL",
    Fault.MARRIED_CHILD: f"p.marital_status > {SINGLE} AND p.born_on > %(married)s"
    " AND p.born_on <= %(today)s",
    Fault.CODE_UNKNOWN: _UNKNOWN_CODE,
    Fault.NIK_REGION: "p.nik_flags & 1 <> 0",
    Fault.OVER_105: "p.born_on < %(likely)s AND p.born_on >= %(impossible)s",
    Fault.CODE_MISSING: " OR ".join(f"p.{column} IS NULL" for column in ASKED),
    Fault.RT_UNKNOWN: "split_part(p.region_code, '.', 6) = ''",
}
_OF_KIN = {
    Fault.OLDER_THAN_PARENT: f"here.relation = {CHILD} AND here.born_on <= card.parent"
    f" OR here.relation = {PARENT} AND here.born_on >= card.head",
}
# A family is judged by the members who live here; that nobody is its head is
# believed only after a look at those who are recorded elsewhere.
_OF_CARDS = {
    Fault.NO_HEAD: "card.heads = 0 AND NOT EXISTS (SELECT FROM residents_person AS head"
    " WHERE head.family_id = card.family_id AND head.status = 'living'"
    f" AND head.relation = {HEAD_OF_FAMILY})",
    Fault.TWO_HEADS: "card.heads > 1",
    Fault.KK_MISSING: "family.kk_index IS NULL",
    Fault.PHONE_SHARED: "family.phone_index IS NOT NULL AND (SELECT count(*) FROM"
    " (SELECT FROM residents_family AS other WHERE other.phone_index ="
    f" family.phone_index LIMIT {rules.FAMILIES_A_PHONE + 1}) AS sharing)"
    f" > {rules.FAMILIES_A_PHONE}",
}


def _bits(conditions: Mapping[Fault, str]) -> str:
    return " | ".join(
        f"CASE WHEN {sql} THEN {BITS[fault]} ELSE 0 END"
        for fault, sql in conditions.items()
    )


# Names: id, family_id, region_code, faults; ``first`` speaks for the whole family.
JUDGED = f"""
here AS MATERIALIZED (
    SELECT p.id, p.family_id, p.region_code, p.relation, p.born_on,
        {_bits(_OF_ONE)} AS faults
    FROM residents_person AS p
    WHERE p.status = 'living'
        AND (p.region_code = %(region)s OR p.region_code LIKE %(below)s)
),
grouped AS (
    SELECT family_id, min(id) AS first,
        count(*) FILTER (WHERE relation = {HEAD_OF_FAMILY}) AS heads,
        max(born_on) FILTER (WHERE relation = {HEAD_OF_FAMILY}) AS head,
        max(born_on) FILTER (
            WHERE relation IN ({HEAD_OF_FAMILY}, {HUSBAND}, {WIFE})
        ) AS parent
    FROM here GROUP BY family_id
),
cards AS MATERIALIZED (
    SELECT card.*, {_bits(_OF_CARDS)} AS faults
    FROM grouped AS card JOIN residents_family AS family ON family.id = card.family_id
),
judged AS (
    SELECT here.id, here.family_id, here.region_code, here.id = card.first AS first,
        here.faults | card.faults | {_bits(_OF_KIN)} AS faults
    FROM here JOIN cards AS card USING (family_id)
)
"""


def parameters(region: str, *, on: date) -> dict[str, Any]:
    """Return what ``JUDGED`` needs to judge a place as of a day."""
    return {
        "region": region,
        "below": f"{region}.%",
        "today": on,
        "married": rules.years_before(on, rules.YOUNGEST_MARRIED),
        "likely": rules.years_before(on, rules.OLDEST_LIKELY),
        "impossible": rules.years_before(on, rules.OLDEST_POSSIBLE),
    }
