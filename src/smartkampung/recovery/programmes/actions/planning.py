"""Programmes, their rounds, and which kinds exclude each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.kernel.later import later
from smartkampung.ledger.actions import Opening, open_accounts, transfer
from smartkampung.recovery.programmes.models import KindPair, Offer, Programme
from smartkampung.recovery.programmes.rules.money import (
    budget_of,
    paid_of,
    repaid_of,
    source_of,
)
from smartkampung.recovery.programmes.rules.states import (
    MAY_PAY,
    Kind,
    OfferState,
    Pays,
)
from smartkampung.recovery.targeting.models import Scenario
from smartkampung.worklist.actions import close_work, open_work

DECIDE_WITHIN = timedelta(days=3)
RUPIAH = "IDR"


class CannotPlan(Refused):
    """The offer contradicts itself, or what it rests on."""

    code = "cannot_plan"


class CannotOpen(Refused):
    """This offer cannot be opened, or not by this person."""

    code = "cannot_open"


@dataclass(frozen=True)
class Wording:
    """What people read, in both languages."""

    title: str
    title_en: str
    text: str
    text_en: str
    venue: str


@dataclass(frozen=True)
class Round:
    """Places, days and money of one offer. Whole rupiah; see ``Offer``."""

    region_code: str
    places: int
    starts_on: date
    ends_on: date
    answer_days: int
    pays: Pays
    cost_each: int
    wage: int = 0
    days: int = 0
    loan_months: int = 0


def make_programme(
    *,
    kind: Kind,
    name: str,
    name_en: str,
    about: str,
    about_en: str,
    by: str,
    at: datetime,
) -> Programme:
    """Write down a programme; it does nothing until an offer of it is opened."""
    with transaction.atomic():
        programme = Programme.objects.create(
            kind=kind,
            name=name,
            name_en=name_en,
            about=about,
            about_en=about_en,
            made_by=by,
            made_at=at,
        )
        record("recovery.programme_made", target=programme, by=by, kind=kind.value)
    return programme


def make_offer(
    *,
    programme: Programme,
    scenario_id: UUID,
    wording: Wording,
    terms: Round,
    by: str,
    at: datetime,
) -> Offer:
    """Draft one round of a programme; nobody is invited until a second person opens it.

    Raises CannotPlan.
    """
    _check(programme, scenario_id, terms)
    with atomic_or_refuse(_refusals()):
        offer = Offer.objects.create(
            programme=programme,
            scenario_id=scenario_id,
            made_by=by,
            made_at=at,
            **_fields(wording, terms),
        )
        _ask_to_open(offer, at)
        record(
            "recovery.offer_made",
            target=offer,
            by=by,
            region_code=offer.region_code,
            places=offer.places,
        )
    return offer


def change_offer(
    *, offer: Offer, scenario_id: UUID, wording: Wording, terms: Round, by: str
) -> None:
    """Change a draft; whoever changes it last may not open it. Raises CannotPlan."""
    _check(offer.programme, scenario_id, terms)
    with atomic_or_refuse(_refusals()):
        changed = Offer.objects.filter(pk=offer.pk, state=OfferState.DRAFT).update(
            scenario_id=scenario_id, made_by=by, **_fields(wording, terms)
        )
        if not changed:
            raise CannotPlan(
                _("This offer is open: what people were promised does not change.")
            )
        record("recovery.offer_changed", target=offer, by=by)


def _fields(wording: Wording, terms: Round) -> dict[str, Any]:
    return {**wording.__dict__, **terms.__dict__}


def _check(programme: Programme, scenario_id: UUID, terms: Round) -> None:
    if terms.pays not in MAY_PAY[Kind(programme.kind)]:
        raise CannotPlan(_("A programme of this kind does not pay in this way."))
    scenario = Scenario.objects.filter(pk=scenario_id).first()
    if scenario is None or scenario.state != Scenario.State.APPROVED:
        raise CannotPlan(_("Choose an approved scenario: people are taken from it."))


def _refusals() -> Mapping[str, Refused]:
    return {
        "offer_days_in_order": CannotPlan(_("The last day comes before the first.")),
        "offer_has_places": CannotPlan(_("An offer has at least one place.")),
        "offer_wages_are_the_cost": CannotPlan(
            _("The cost of a place must be the wage of a day times the days.")
        ),
        "offer_loan_has_months": CannotPlan(
            _("A loan has at least one instalment, and nothing else has any.")
        ),
    }


def _ask_to_open(offer: Offer, at: datetime) -> None:
    open_work(
        kind="recovery.open_offer",
        target=offer,
        permission="recovery.programme_manage",
        region_code=offer.region_code,
        due_at=at + DECIDE_WITHIN,
        not_by=[offer.made_by],
    )


def fingerprint(offer: Offer) -> str:
    """Return what tells one wording of a draft from another: whoever opens it saw it."""
    names = [*Wording.__annotations__, *Round.__annotations__]
    told = [str(getattr(offer, name)) for name in names]
    text = "\0".join([str(offer.scenario_id), offer.made_by, *told])
    return sha256(text.encode()).hexdigest()


def open_offer(*, offer: Offer, seen: str, by: str, at: datetime) -> None:
    """Open a draft by a second person: its budget is funded, and people are invited.

    ``seen`` is the ``fingerprint`` of what this person read. Raises CannotOpen for who
    made it, when it changed since it was read or was opened already, and when its last
    day is past. An approved scenario stays approved, so it is not asked again.
    """
    not_own = CannotOpen(_("You wrote this offer, so another officer must open it."))
    with atomic_or_refuse({"offer_opened_by_another": not_own}):
        row = Offer.objects.select_for_update().get(pk=offer.pk)
        _check_opening(row, seen, at)
        row.state, row.opened_by, row.opened_at = OfferState.OPEN, by, at
        row.save(update_fields=["state", "opened_by", "opened_at"])
        fund(row, by=by, at=at)
        close_work(target=row, by=by)
        record("recovery.offer_opened", target=row, by=by, region_code=row.region_code)
        refill_later(row.pk)


def _check_opening(row: Offer, seen: str, at: datetime) -> None:
    if row.state != OfferState.DRAFT:
        raise CannotOpen(_("This offer was opened already."))
    if fingerprint(row) != seen:
        raise CannotOpen(
            _("This draft changed since you opened the page. Read it again, then open.")
        )
    if row.ends_on < day(at):
        raise CannotOpen(_("Its last day is past. Change the days first."))


def fund(offer: Offer, *, by: str, at: datetime) -> None:
    """Give an offer the money of all its places; it happens once."""
    source, budget = source_of(offer.programme_id), budget_of(offer.pk)
    open_accounts(
        [
            Opening(source, RUPIAH, may_go_below_zero=True),
            Opening(budget, RUPIAH),
            Opening(paid_of(offer.pk), RUPIAH),
            Opening(repaid_of(offer.programme_id), RUPIAH),
        ]
    )
    total = offer.cost_each * offer.places
    if total:
        transfer(
            key=f"recovery.fund:{offer.pk}",
            kind="recovery.fund",
            legs=[(source, -total), (budget, total)],
            by=by,
            at=at,
        )


def refill_later(offer_id: int) -> None:
    """Promise that free places of an offer are filled as soon as this has committed."""
    later("recovery.fill", once=f"recovery.fill:{offer_id}", offer_id=offer_id)


def set_pairs(*, pairs: Iterable[tuple[Kind, Kind]], by: str) -> None:
    """Say anew which kinds exclude each other; who is in two already stays."""
    wanted = {(min(one, two), max(one, two)) for one, two in pairs}
    with transaction.atomic():
        KindPair.objects.all().delete()
        made = KindPair.objects.bulk_create(
            KindPair(first=one.value, second=two.value) for one, two in sorted(wanted)
        )
        record(
            "recovery.pairs_set",
            target=made[0] if made else KindPair(pk=0),
            by=by,
            pairs=[f"{one}+{two}" for one, two in sorted(wanted)],
        )
