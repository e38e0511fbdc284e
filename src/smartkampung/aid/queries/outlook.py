"""What a decision about a claim would meet, programme by programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from smartkampung.aid.models import Claim, Criterion, Decision, Entitlement, Programme
from smartkampung.aid.queries.claims import check_to_rely_on, recipient, unit_key
from smartkampung.aid.queries.conflicts import red_lights
from smartkampung.aid.queries.eligible import judged, version_of
from smartkampung.aid.queries.programmes import open_programmes
from smartkampung.aid.rules import claims
from smartkampung.aid.rules.conflicts import RedLight
from smartkampung.aid.rules.periods import period_of
from smartkampung.criteria.queries import Judgement
from smartkampung.ledger.queries import balances
from smartkampung.residents.models import Person

REMEMBERED = timedelta(days=180)


@dataclass(frozen=True)
class Outlook:
    """What approving one programme would meet: reasons against, and red lights."""

    programme: Programme
    lights: list[RedLight]
    budget_left: int
    reasons: list[claims.Reason]
    judgement: Judgement | None = None

    @property
    def hindrances(self) -> list[claims.Reason]:
        """Return the reasons that make approval impossible."""
        return [reason for reason in self.reasons if reason in claims.BLOCKING]


def outlooks(claim: Claim, *, on: date) -> list[Outlook]:
    """Look at a claim in the light of every programme that takes reports."""
    return _look(claim, open_programmes(on), on)


def outlook(claim: Claim, programme: Programme, *, on: date) -> Outlook:
    """Look at a claim in the light of one programme, as of now."""
    return _look(claim, [programme], on)[0]


def standing_reasons(
    claim: Claim, programme: Programme | None, *, on: date
) -> list[claims.Reason]:
    """Return what makes approval impossible now, for one programme or for any."""
    if programme is not None:
        return outlook(claim, programme, on=on).hindrances
    return claims.hindrances(claims.Case(recipient=recipient(claim.person)))


def poverty_met(answers: dict[str, bool]) -> int:
    """Return how many poverty criteria were answered yes."""
    poverty = Criterion.objects.filter(group=Criterion.Group.POVERTY)
    codes = set(poverty.values_list("code", flat=True))
    return sum(1 for code, yes in answers.items() if yes and code in codes)


def refused_before(claim: Claim, person: Person, *, on: date) -> QuerySet[Decision]:
    """Return refusals of the family's other claims in the last half year.

    The state auditor finds recipients who were known to be wrong from before.
    """
    return Decision.objects.filter(
        claim__person__family=person.family_id,
        approved=False,
        decided_at__date__gt=on - REMEMBERED,
    ).exclude(claim=claim.pk)


def _takes_recipients(programme: Programme, on: date) -> bool:
    ended = programme.until is not None and programme.until <= on
    return programme.takes_reports and programme.since <= on and not ended


def _look(claim: Claim, programmes: Sequence[Programme], on: date) -> list[Outlook]:
    person = claim.person
    lights = _lights(claim, person, programmes, on) if person else []
    left = balances(f"budget/{row.code}" for row in programmes)
    entitled = _entitled(person, programmes, on) if person else set()
    check = check_to_rely_on(claim)
    met = poverty_met(check.answers) if check else 0
    about = recipient(person)
    findings = set(claim.findings.values_list("code", flat=True))
    refused = bool(person and refused_before(claim, person, on=on))
    found = []
    for row in programmes:
        seen = [light for light in lights if light.programme == row.code]
        budget = left.get(f"budget/{row.code}", 0)
        said = _judged(person, row, on) if check else None
        case = claims.Case(
            recipient=about,
            closed=not _takes_recipients(row, on),
            blocked=any(light.blocks for light in seen),
            entitled=row.code in entitled,
            amount=row.amount,
            budget_left=budget,
            refused_before=refused,
            findings=findings,
            recommended=check is None or check.recommends,
            poverty_met=met,
            poverty_needed=row.criteria_needed if check and not said else 0,
            eligible=said is None or said.eligible,
        )
        found.append(Outlook(row, seen, budget, claims.reasons_against(case), said))
    return found


def _lights(
    claim: Claim, person: Person, programmes: Sequence[Programme], on: date
) -> list[RedLight]:
    return red_lights(
        family_id=person.family_id,
        person_id=person.pk,
        programmes=[row.code for row in programmes],
        claim=claim.pk,
        on=on,
    )


def _judged(person: Person | None, programme: Programme, on: date) -> Judgement | None:
    version = version_of(programme.code, on=on) if person else None
    if person is None or version is None:
        return None
    return judged(version, family_id=person.family_id, on=on)


def _entitled(person: Person, programmes: Sequence[Programme], on: date) -> set[str]:
    periods = {
        (row.code, period_of(row.period, on=on, since=row.since)[0])
        for row in programmes
    }
    units = {unit_key(person, row) for row in programmes}
    # Also what they got themselves on a family card that they have left since.
    rows = Entitlement.objects.filter(
        Q(unit_key__in=units) | Q(person=person),
        programme__in=programmes,
        cancelled=False,
    ).values_list("programme_id", "unit_key", "person_id", "period")
    keys = {row.code: unit_key(person, row) for row in programmes}
    return {
        code
        for code, key, who, period in rows
        if (code, period) in periods and (who == person.pk or key == keys[code])
    }
