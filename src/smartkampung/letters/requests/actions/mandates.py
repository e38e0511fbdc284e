"""The head lets a deputy sign, from a day until a day, and takes it back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import atomic_or_refuse
from smartkampung.letters.catalogue.queries import kinds_offered
from smartkampung.letters.requests.actions.refusals import CannotRule, NotYours
from smartkampung.letters.requests.models import Mandate
from smartkampung.letters.requests.rules.mandates import Given, Manner, faults_of
from smartkampung.letters.requests.words import MANDATE_FAULTS


def give_mandate(
    *,
    village_code: str,
    deputy: Staff,
    manner: Manner,
    title: str,
    since: date,
    until: date,
    kinds: Sequence[str],
    reason: str,
    by: Actor,
    at: datetime,
) -> Mandate:
    """Let a deputy sign from a day to before a day; no kinds means all of them.

    Raises NotYours; CannotRule when the deputy holds no office there, or a mandate
    already, or the days cannot be.
    """
    _require(by, village_code)
    if not actor_for(deputy, on=day(at)).may_in(
        Permission.LETTER_DEPUTISE, village_code
    ):
        raise CannotRule(_("Only an officer of this village can sign in your place."))
    faults = faults_of(
        Given(0, tuple(kinds), since, until),
        manner=manner,
        title=title.strip(),
        on=day(at),
        known=[one.kind.code for one in kinds_offered(village_code, day(at))],
    )
    if faults:
        raise CannotRule(" ".join(str(MANDATE_FAULTS[fault]) for fault in faults))
    wrong_days = CannotRule(_("The mandate ends after it begins."))
    with atomic_or_refuse(
        {
            "mandate_no_overlap": CannotRule(
                _("This deputy has a mandate in that time. Take it back first.")
            ),
            "mandate_ends_after_it_begins": wrong_days,
            "mandate_is_for_another": CannotRule(_("Choose somebody else.")),
        }
    ):
        if until <= since:
            raise wrong_days
        row = Mandate.objects.create(
            village_id=village_code,
            deputy=deputy,
            manner=manner,
            title=title.strip(),
            kinds=list(kinds),
            since=since,
            until=until,
            given_by_id=by.staff_id,
            given_at=at,
            reason=reason.strip()[:200],
        )
    record(
        "letters.mandate_given", target=row, by=by.username, region_code=village_code
    )
    return row


@transaction.atomic
def revoke_mandate(*, mandate: Mandate, by: Actor, at: datetime) -> Mandate:
    """Take a mandate back at once; twice is once. Raises NotYours."""
    _require(by, mandate.village_id)
    row = Mandate.objects.select_for_update(no_key=True).get(pk=mandate.pk)
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = at, by.username
        row.save(update_fields=["revoked_at", "revoked_by"])
        record(
            "letters.mandate_revoked",
            target=row,
            by=by.username,
            region_code=row.village_id,
        )
    return row


def _require(by: Actor, village_code: str) -> None:
    if not by.may_in(Permission.LETTER_RULES, village_code):
        raise NotYours(_("Only the head of the village gives and takes mandates."))
