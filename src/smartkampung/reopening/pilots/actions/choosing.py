"""Two villages of each kecamatan are chosen, by weights and reasons all may read."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import atomic_or_refuse
from smartkampung.reopening.pilots.actions.errors import PilotRefused
from smartkampung.reopening.pilots.actions.writing import (
    PREPARE,
    TO_PREPARE,
    ask,
    must,
    wrote,
)
from smartkampung.reopening.pilots.models import Answers, Candidate, Pilot, Round
from smartkampung.reopening.pilots.queries.candidates import facts_of
from smartkampung.reopening.pilots.queries.pilots import pilots_now
from smartkampung.reopening.pilots.rules.choosing import (
    PLACES,
    Criterion,
    Question,
    Ranked,
    rank,
    wrong_weights,
)
from smartkampung.reopening.pilots.rules.states import State, What

OWN_OVERRIDE = _(
    "You left the order of this round, so a colleague must close it; or the officer"
    " who opened it says the reason too, and you close."
)


def answer(
    *,
    village: str,
    yes: Collection[Question],
    market: bool,
    tourism: bool,
    by: Actor,
    at: datetime,
) -> Answers:
    """Write down what a village says about itself; its latest answers count."""
    must(by, Permission.PILOT_PREPARE, village)
    with transaction.atomic():
        row = Answers.objects.create(
            village_id=village,
            yes=sorted(yes),
            market=market,
            tourism=tourism,
            by=by.username,
            at=at,
        )
        record("pilots.answered", target=row, by=by.username, region_code=village)
    return row


def open_round(
    *, kecamatan: str, weights: Mapping[Criterion, int], by: Actor, at: datetime
) -> Round:
    """Rank the villages of a kecamatan as they are today; the first two are taken.

    Villages that are a pilot already take no part, and leave that many places fewer.
    Raises PilotRefused for weights that cannot be used, while another round of the
    kecamatan is open, and where two villages are pilots already.
    """
    must(by, Permission.PILOT_CHOOSE, kecamatan)
    if wrong_weights(weights):
        raise PilotRefused(
            _("Each weight is a whole number from 0 to 100, and not all are 0."),
            code="wrong_weights",
        )
    running = pilots_now(kecamatan)
    if len(running) >= PLACES:
        raise PilotRefused(
            _(
                "Two villages of this kecamatan are pilots already: %(names)s. A round"
                " can be opened when one of them has ended."
            )
            % {"names": ", ".join(one.village.name for one in running)},
            code="kecamatan_full",
        )
    ranked = rank(facts_of(kecamatan, on=day(at)), weights)
    if not ranked:
        raise PilotRefused(
            _("Every village of this kecamatan is a pilot already, or none is known."),
            code="no_candidates",
        )
    open_already = PilotRefused(
        _("A round of this kecamatan is open already. Close it first."),
        code="round_open",
    )
    with atomic_or_refuse({"pilot_round_open_once": open_already}):
        row = Round.objects.create(
            kecamatan_id=kecamatan,
            weights={one.value: weights[one] for one in Criterion},
            places=PLACES - len(running),
            on=day(at),
            opened_by=by.username,
            opened_at=at,
        )
        Candidate.objects.bulk_create(_candidate(row, one) for one in ranked)
        record("pilots.round_opened", target=row, by=by.username, region_code=kecamatan)
    return row


def _candidate(round_: Round, one: Ranked) -> Candidate:
    return Candidate(
        round=round_,
        village_id=one.village,
        place=one.place,
        score=one.score,
        points=[
            [point.criterion.value, point.points, point.fact] for point in one.points
        ],
        chosen=one.place <= round_.places,
    )


def choose(
    *, candidate: Candidate, chosen: bool, reason: str, by: Actor, at: datetime
) -> None:
    """Take a village, or leave it. Out of order it needs a reason that everybody reads.

    Said twice it is written once; whoever says it does not close the round. Raises
    PilotRefused without a reason, and once the round is closed.
    """
    must(by, Permission.PILOT_CHOOSE, candidate.village_id)
    in_order = chosen == (candidate.place <= candidate.round.places)
    if not in_order and not reason.strip():
        raise PilotRefused(
            _("Say why the order is not kept: everybody will read the reason."),
            code="reason_empty",
        )
    with transaction.atomic():
        round_ = _open(candidate.round)
        said = "" if in_order else reason.strip()[:300]
        rows = Candidate.objects.filter(pk=candidate.pk)
        if not rows.exclude(chosen=chosen, reason=said).update(
            chosen=chosen,
            reason=said,
            overridden_by="" if in_order else by.username,
        ):
            return
        record(
            "pilots.candidate_chosen" if chosen else "pilots.candidate_left",
            target=round_,
            by=by.username,
            region_code=candidate.village_id,
        )


def close_round(
    *, round_: Round, few_because: str, by: Actor, at: datetime
) -> list[Pilot]:
    """Close a round that a colleague opened; its chosen villages become pilots.

    Raises PilotRefused unless as many are chosen as have a place beside the pilots of
    the kecamatan (or fewer, with the reason), or when this officer opened it or left
    its order.
    """
    must(by, Permission.PILOT_CHOOSE, round_.kecamatan_id)
    with transaction.atomic():
        round_ = _open(round_)
        if round_.opened_by == by.username:
            raise PilotRefused(
                _("You opened this round, so a colleague must close it."),
                code="own_round",
            )
        if round_.candidates.filter(overridden_by=by.username).exists():
            raise PilotRefused(OWN_OVERRIDE, code="own_override")
        taken = list(round_.candidates.filter(chosen=True).order_by("place"))
        few = _few(len(taken), _free(round_, taken), few_because.strip())
        round_.closed_by, round_.closed_at, round_.few_because = by.username, at, few
        round_.save(update_fields=["closed_by", "closed_at", "few_because"])
        record(
            "pilots.round_closed",
            target=round_,
            by=by.username,
            region_code=round_.kecamatan_id,
        )
        return [_begin(one, by.username, at) for one in taken]


def _open(round_: Round) -> Round:
    found = Round.objects.select_for_update(no_key=True).get(pk=round_.pk)
    if found.closed_at:
        raise PilotRefused(_("This round is closed."), code="round_closed")
    return found


def _free(round_: Round, taken: Sequence[Candidate]) -> int:
    """Return how many villages may be taken beside those that are pilots already."""
    here = {one.village_id for one in taken}
    beside = [
        one for one in pilots_now(round_.kecamatan_id) if one.village_id not in here
    ]
    return max(0, PLACES - len(beside))


def _few(count: int, free: int, because: str) -> str:
    if count > free:
        raise PilotRefused(
            _(
                "With the pilots of this kecamatan that still run, more than two"
                " villages are chosen. Leave one of them."
            ),
            code="too_many",
        )
    if count < free and not because:
        raise PilotRefused(
            _(
                "With the pilots of this kecamatan that still run, fewer than two"
                " villages are chosen: choose another, or say why."
            ),
            code="too_few",
        )
    return because[:300] if count < free else ""


def _begin(candidate: Candidate, by: str, at: datetime) -> Pilot:
    already = PilotRefused(
        _("One of these villages is a pilot already. Leave it."), code="pilot_already"
    )
    with atomic_or_refuse({"pilot_open_once_a_village": already}):
        pilot = Pilot.objects.create(
            village_id=candidate.village_id,
            round=candidate.round,
            state=State.CHOSEN,
            chosen_on=day(at),
            due_on=day(at + TO_PREPARE),
        )
    ask(pilot, PREPARE, Permission.PILOT_PREPARE, due_at=at + TO_PREPARE)
    wrote(pilot, What.CHOSEN, by=by, at=at, reason=candidate.reason)
    return pilot
