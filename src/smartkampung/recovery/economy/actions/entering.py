"""Write figures down; a correction keeps what stood, with who, when and why."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.recovery.economy import bulk
from smartkampung.recovery.economy.actions.watching import watch
from smartkampung.recovery.economy.bulk import Given, Sorted
from smartkampung.recovery.economy.models import Figure
from smartkampung.recovery.economy.queries.here import must_see
from smartkampung.recovery.economy.rules.kinds import COUNTS, NEVER_NEGATIVE
from smartkampung.recovery.economy.rules.reading import Fault
from smartkampung.recovery.economy.words import FAULTS


class BadFigure(Refused):
    """A figure that cannot be: below nought, a part of a visitor, a month to come."""

    code = "bad_figure"


class NeedsReason(Refused):
    """Something stands there already, and nothing says why it changes."""

    code = "correction_needs_reason"


class ChangedMeanwhile(Refused):
    """Somebody else wrote a figure of the same month at the same moment."""

    code = "figure_changed_meanwhile"


class NothingNew(Refused):
    """Everything that was given stands so already."""

    code = "nothing_new"


def enter_figures(
    *,
    given: Sequence[Given],
    source: str,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Sorted:
    """Write figures that somebody typed; see whether a threshold was passed.

    Raises BadFigure, NeedsReason, NothingNew, or ChangedMeanwhile.
    """
    must_see(by, Permission.ECONOMY_ENTER)
    for one in given:
        _must_be_possible(one, at)
    found = bulk.sort(given)
    if not found.new and not found.changed:
        raise NothingNew(_("These figures stand there already; nothing was changed."))
    write_down(found, source=source, reason=reason, by=by.username, at=at)
    return found


def write_down(
    found: Sorted,
    *,
    source: str,
    reason: str,
    by: str,
    at: datetime,
    synthetic: bool = False,
) -> int:
    """Write sorted figures, their event and alerts; return how many were written."""
    if found.changed and not reason.strip():
        raise NeedsReason(
            _("A figure stands there already. Say why it changes; both are kept.")
        )
    meanwhile = ChangedMeanwhile(
        _("Somebody wrote a figure of this month a moment ago. Look at it first.")
    )
    with atomic_or_refuse({"economy_figure_once": meanwhile}):
        count = bulk.write(
            found,
            source=source,
            reason=reason.strip(),
            synthetic=synthetic,
            by=by,
            at=at,
        )
        if count:
            _note(found, count, by, at)
            watch(at=at)
    return count


def _must_be_possible(one: Given, at: datetime) -> None:
    if one.month > day(at):
        raise BadFigure(FAULTS[Fault.FUTURE])
    if one.value is None:
        return
    if one.value < 0 and one.measure in NEVER_NEGATIVE:
        raise BadFigure(FAULTS[Fault.NEGATIVE])
    if one.measure in COUNTS and one.value != one.value.to_integral_value():
        raise BadFigure(FAULTS[Fault.NOT_WHOLE])


def _note(found: Sorted, count: int, by: str, at: datetime) -> None:
    first = found.new[0] if found.new else found.changed[0][0]
    row = Figure.objects.filter(
        measure=first.measure, item=first.item, month=first.month
    ).latest("version")
    record(
        "economy.figures_written",
        target=row,
        by=by,
        written=count,
        corrected=len(found.changed),
    )
