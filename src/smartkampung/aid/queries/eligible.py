"""Who may receive a programme by its rule: one family, a region, or a preview of all.

All of them run the statement that ``criteria`` compiled. It reads as a job, because a
fact that a policy hides would look like one that is not so; what comes back is about
families that the caller may see, or counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from smartkampung.aid.models import Evaluation
from smartkampung.criteria.models import RuleVersion
from smartkampung.criteria.queries import (
    Judgement,
    compiled,
    judge,
    rows_of,
    rule_of,
    version_in_force,
)
from smartkampung.criteria.rules import Rule
from smartkampung.criteria.sql import Scope
from smartkampung.kernel.rls import as_job

VILLAGE = 13


def subject_of(programme: str) -> str:
    """Return the subject under which the rule of a programme is kept."""
    return f"aid:{programme}"


def version_of(programme: str, *, on: date) -> RuleVersion | None:
    """Return the rule of a programme that holds on a day; programmes may have none."""
    return version_in_force(subject_of(programme), on=on)


def judged(version: RuleVersion, *, family_id: int, on: date) -> Judgement | None:
    """Return what a rule says about one family; nothing when nobody lives there."""
    with as_job():
        found = judge(rule_of(version), Scope(families=(family_id,)), on=on)
    return found[0] if found else None


def evaluation_of(decision_id: int) -> Evaluation | None:
    """Return by what rule a claim was decided, with each criterion in order."""
    rows = Evaluation.objects.filter(decision=decision_id).select_related("version")
    return rows.prefetch_related("results").first()


@dataclass(frozen=True)
class Place:
    """How many families of a village a rule takes, against another rule."""

    code: str
    families: int
    eligible: int
    gained: int
    lost: int


@dataclass(frozen=True)
class Preview:
    """What a rule would do: by village, and whom each criterion leaves out.

    ``failing`` counts families that do not meet a criterion, ``unknown`` those of them
    about whom it is not known, ``only`` those that nothing else keeps out. Without another rule nobody is gained or lost.
    """

    places: list[Place]
    failing: list[int]
    unknown: list[int]
    only: list[int]
    compared: bool

    def total(self, name: str) -> int:
        """Return a sum over the villages."""
        return sum(getattr(place, name) for place in self.places)

    @classmethod
    def joined(cls, parts: "Sequence[Preview]") -> "Preview":
        """Return one preview of areas that were counted one by one; at least one."""

        def added(name: str) -> list[int]:
            return [
                sum(of) for of in zip(*(getattr(p, name) for p in parts), strict=True)
            ]

        places = [place for part in parts for place in part.places]
        return cls(
            places,
            added("failing"),
            added("unknown"),
            added("only"),
            parts[0].compared,
        )


def preview(rule: Rule, *, against: Rule | None, region: str, on: date) -> Preview:
    """Judge every family of a region by a rule, and by another beside it."""
    rules = [rule, *([against] if against else [])]
    statement = compiled(*rules, scope=Scope(region=region))
    other = "e1" if against else "e0"
    count = len(statement.criteria[0])
    failing = "".join(
        f", count(*) FILTER (WHERE NOT r0c{at}) AS fails{at},"
        f' count(*) FILTER (WHERE "{one.fact}" IS NULL) AS unknown{at},'
        f" count(*) FILTER (WHERE NOT e0 AND met = {count - 1} AND NOT r0c{at})"
        f" AS only{at}"
        for at, one in enumerate(statement.criteria[0])
    )
    met = " + ".join(f"r0c{at}::int" for at in range(count))
    sql = (
        f"SELECT left(region_code, {VILLAGE}) AS village, count(*) AS families,"
        " count(*) FILTER (WHERE e0) AS eligible,"
        f" count(*) FILTER (WHERE e0 AND NOT {other}) AS gained,"
        f" count(*) FILTER (WHERE {other} AND NOT e0) AS lost{failing}"
        f" FROM (SELECT judged.*, {met} AS met FROM ({statement.sql}) AS judged)"
        " AS counted GROUP BY village ORDER BY village"
    )
    with as_job(), rows_of(sql, statement.params(on)) as rows:
        found = list(rows)
    names = ("families", "eligible", "gained", "lost")
    return Preview(
        [Place(row["village"], *(row[name] for name in names)) for row in found],
        [sum(row[f"fails{at}"] for row in found) for at in range(count)],
        [sum(row[f"unknown{at}"] for row in found) for at in range(count)],
        [sum(row[f"only{at}"] for row in found) for at in range(count)],
        against is not None,
    )
