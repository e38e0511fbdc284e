"""How a village numbers its letters, which steps they take, when its office is open."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.letters.catalogue.queries import kinds_offered
from smartkampung.letters.requests.actions.numbers import begin_series
from smartkampung.letters.requests.actions.refusals import CannotRule, NotYours
from smartkampung.letters.requests.models import (
    BookEntry,
    ClosedDay,
    NumberSeries,
    VillageRule,
)
from smartkampung.letters.requests.queries.villages import hours_read, rule_of
from smartkampung.letters.requests.rules.hours import faults_of as hour_faults
from smartkampung.letters.requests.rules.numbering import ONE_SERIES, text_faults
from smartkampung.letters.requests.rules.numbering import faults_of as number_faults
from smartkampung.letters.requests.rules.steps import ORDER
from smartkampung.letters.requests.words import NUMBER_FAULTS

Spans = Mapping[int, Sequence[tuple[int, int]]]


@transaction.atomic
def set_rule(
    *,
    village_code: str,
    pattern: str,
    by_kind: bool,
    office: str,
    steps: Mapping[str, Sequence[str]],
    hours: Spans,
    by: Actor,
    at: datetime,
) -> VillageRule:
    """Say how a village handles letters from now on; what is checked keeps its steps.

    ``steps`` are those that it adds to a kind; to leave one out is a wording, which a
    second person one level up confirms. ``hours`` by weekday (nothing is the usual).
    Raises NotYours, CannotRule with every reason.
    """
    _require(by, village_code)
    kept = {str(one): [list(span) for span in spans] for one, spans in hours.items()}
    reasons = _number_reasons(village_code, pattern, office.strip(), by_kind, day(at))
    if {one for added in steps.values() for one in added} - set(ORDER):
        reasons.append(str(_("There is no such step.")))
    if kept and hour_faults(hours_read(kept)):
        reasons.append(
            str(_("Hours end after they begin, do not overlap, and some day is open."))
        )
    if reasons:
        raise CannotRule(" ".join(dict.fromkeys(reasons)))
    row, _made = VillageRule.objects.update_or_create(
        village_id=village_code,
        defaults={
            "pattern": pattern,
            "by_kind": by_kind,
            "office": office.strip(),
            "steps": {kind: list(way) for kind, way in steps.items()},
            "hours": kept,
            "changed_by": by.username,
            "changed_at": at,
        },
    )
    record("letters.rule_set", target=row, by=by.username, region_code=village_code)
    return row


def _number_reasons(
    village_code: str, pattern: str, office: str, by_kind: bool, on: date
) -> list[str]:
    """Return in words why letters cannot be numbered so from now on."""
    faults = number_faults(pattern, by_kind=by_kind)
    kinds = [(k.kind.series, k.kind.code) for k in kinds_offered(village_code, on)]
    faults += text_faults(pattern, office=office, kinds=kinds) if not faults else []
    reasons = [str(NUMBER_FAULTS[fault]) for fault in faults]
    given = BookEntry.objects.filter(village_code=village_code, year=on.year)
    if by_kind != rule_of(village_code).by_kind and given.exists():
        # A second series would begin at one once more, and bear the same numbers.
        reasons.append(
            str(
                _(
                    "Letters of this year are numbered already. Whether each kind counts"
                    " by itself is changed in a new year, before its first letter."
                )
            )
        )
    return reasons


@transaction.atomic
def begin_numbers(
    *, village_code: str, series: str, first: int, by: Actor, at: datetime
) -> None:
    """Begin this year's numbers where the paper book ended; once, before the first.

    ``series`` is a kind where each counts by itself. Raises NotYours, CannotRule.
    """
    _require(by, village_code)
    rule = rule_of(village_code)
    kinds = {rule.series(k.kind.code) for k in kinds_offered(village_code, day(at))}
    if series not in kinds:
        raise CannotRule(_("Choose the letter whose numbers begin there."))
    _begin(village_code, series, first, by=by.username, at=at)


@transaction.atomic
def begin_numbers_of_kecamatan(
    *, kecamatan_code: str, first: int, by: str, at: datetime
) -> None:
    """Begin the numbers by which a kecamatan signs, too; by the operator, once a year.

    Raises CannotRule.
    """
    _begin(kecamatan_code, ONE_SERIES, first, by=by, at=at)


def _begin(office_code: str, series: str, first: int, *, by: str, at: datetime) -> None:
    year = day(at).year
    begun = first >= 1 and begin_series(
        village_code=office_code, series=series, year=year, first=first
    )
    if not begun:
        raise CannotRule(
            _("Numbers of this year were given already, so they go on from there.")
        )
    record(
        "letters.numbers_begun",
        target=NumberSeries.objects.get(
            village_code=office_code, series=series, year=year
        ),
        by=by,
        region_code=office_code,
        first=first,
    )


@transaction.atomic
def close_office(
    *, region_code: str, on: date, name: str, by: Actor, at: datetime
) -> ClosedDay:
    """Write down a day on which offices of a region are closed. Raises NotYours."""
    _require(by, region_code)
    row, _made = ClosedDay.objects.get_or_create(
        region_id=region_code,
        on=on,
        defaults={"name": name.strip()[:80], "by": by.username, "at": at},
    )
    record("letters.office_closed", target=row, by=by.username, region_code=region_code)
    return row


@transaction.atomic
def open_office(*, closed: ClosedDay, by: Actor) -> None:
    """Take a closed day back. Raises NotYours."""
    _require(by, closed.region_id)
    record(
        "letters.office_opened",
        target=closed,
        by=by.username,
        region_code=closed.region_id,
    )
    closed.delete()


def _require(by: Actor, region_code: str) -> None:
    if not by.may_in(Permission.LETTER_RULES, region_code):
        raise NotYours(_("Only the head of the village sets this."))
