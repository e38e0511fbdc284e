"""Change what a programme promises from now on, and which aid excludes which."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.aid.models import Conflict, Programme
from smartkampung.aid.queries.conflicts import running
from smartkampung.aid.queries.programmes import terms_of
from smartkampung.aid.rules.terms import Terms, differences
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse

LATER_RULE = _(
    "Another rule for this pair begins later. Choose a day after it, or wait."
)


class TermsRefused(Refused):
    """The terms contradict themselves."""

    code = "terms_refused"


class ChangedMeanwhile(Refused):
    """Somebody else changed the programme since the form was opened."""

    code = "changed_meanwhile"


class RuleRefused(Refused):
    """The pair or the day cannot be ruled on."""

    code = "rule_refused"


def change_programme(
    *, programme: Programme, terms: Terms, seen: str, by: str, at: datetime
) -> list[str]:
    """Let new terms hold from now on; return the names of those that changed.

    ``seen`` is the mark of the terms that the editor started from. What was promised
    before keeps its amount and contents. Raises TermsRefused, ChangedMeanwhile.
    """
    backwards = TermsRefused(_("The last day must come after the first."))
    nothing = TermsRefused(_("The amount must be more than nothing."))
    with atomic_or_refuse(
        {
            "programme_ends_after_it_begins": backwards,
            "programme_gives_something": nothing,
        }
    ):
        row = Programme.objects.select_for_update().get(pk=programme.pk)
        before = terms_of(row)
        if before.mark != seen:
            raise ChangedMeanwhile(
                _(
                    "Somebody else changed this programme a moment ago. Open the page "
                    "again, and change it anew."
                )
            )
        changed = differences(before, terms)
        if changed:
            for name in changed:
                setattr(row, name, getattr(terms, name))
            row.save(update_fields=list(changed))
            record("aid.programme_changed", target=row, by=by, changed=changed)
    return list(changed)


def set_rule(
    *,
    pair: tuple[Programme, Programme],
    component: str,
    reach: str,
    effect: str,
    source: tuple[str, str],
    since: date,
    by: str,
    at: datetime,
) -> Conflict:
    """Let a rule hold for a pair of programmes from a day on; return it.

    ``reach`` says whether it is about the same person or anybody on the family card,
    ``source`` is the legal source, Indonesian and English. The rule before it ends on
    that day, and what was decided under it stays. Raises RuleRefused.
    """
    first, second = sorted(pair, key=lambda programme: programme.pk)
    if first.pk == second.pk:
        raise RuleRefused(_("Choose two different programmes."))
    if since < day(at):
        raise RuleRefused(_("A rule begins today or later: the past was decided."))
    with atomic_or_refuse({"conflict_one_rule_at_a_time": RuleRefused(LATER_RULE)}):
        cell = Conflict.objects.select_for_update().filter(
            first=first, second=second, component=component, reach=reach
        )
        if cell.filter(since__gt=since).exists():
            raise RuleRefused(LATER_RULE)
        cell.filter(since=since).delete()
        cell.filter(running(since)).update(until=since)
        rule = Conflict.objects.create(
            first=first,
            second=second,
            component=component,
            reach=reach,
            effect=effect,
            since=since,
            source=source[0],
            source_en=source[1],
        )
        record(
            "aid.conflict_rule_set",
            target=rule,
            by=by,
            first=first.pk,
            second=second.pk,
            component=component,
            reach=reach,
            effect=effect,
            since=since.isoformat(),
        )
    return rule
