"""A human decides what an import would not guess; each decision is one transaction."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.sealed import keyring
from smartkampung.regions.codes import inside
from smartkampung.residents.actions.following import follow
from smartkampung.residents.actions.nik import ClaimWaits, set_nik
from smartkampung.residents.imports import registry
from smartkampung.residents.imports.boxes import opened
from smartkampung.residents.imports.bulk import PeopleWriter, lock_area
from smartkampung.residents.imports.cards import Card, of_known
from smartkampung.residents.imports.changing import PersonPlan, changes_of, flag
from smartkampung.residents.imports.findings import Finding, Outcome
from smartkampung.residents.imports.lives import act_of_file, append_events
from smartkampung.residents.imports.models import Import, ImportReview
from smartkampung.residents.imports.reading.records import PersonDraft
from smartkampung.residents.imports.ready import Preparer, Ready
from smartkampung.residents.imports.refusals import CannotDecide
from smartkampung.residents.imports.source import Head
from smartkampung.residents.imports.waiting import close_all, close_decided
from smartkampung.residents.models import Person

Kind, Decision = ImportReview.Kind, ImportReview.Decision
CHOICES: Mapping[str, tuple[ImportReview.Decision, ...]] = {
    Kind.BIRTH_DATE: (Decision.SAME_PERSON, Decision.ANOTHER_PERSON, Decision.DISMISS),
    Kind.OTHER_PERSON: (
        Decision.SAME_PERSON,
        Decision.ANOTHER_PERSON,
        Decision.DISMISS,
    ),
    Kind.BACK_TO_LIFE: (Decision.SAME_PERSON, Decision.DISMISS),
    Kind.NOW_HAS_NIK: (
        Decision.SAME_PERSON,
        Decision.ANOTHER_PERSON,
        Decision.DISMISS,
    ),
    Kind.HAD_NIK: (Decision.SAME_PERSON, Decision.ANOTHER_PERSON, Decision.DISMISS),
    Kind.TWICE_IN_FILE: (Decision.ANOTHER_PERSON, Decision.DISMISS),
    Kind.CARD_ELSEWHERE: (Decision.JOIN_CARD, Decision.DISMISS),
    Kind.ELSEWHERE: (Decision.MOVE_HERE, Decision.DISMISS),
    Kind.NUMBERS_DISAGREE: (Decision.DISMISS,),
}
WHERE_THEY_LIVE = {Decision.MOVE_HERE, Decision.JOIN_CARD}


def decide_review(
    *, review: ImportReview, decision: str, reason: str, by: Actor, at: datetime
) -> ImportReview:
    """Decide one contradiction and do what follows from it; all or nothing.

    Who lives in another village is let go by that village (or whoever is responsible
    for both). Raises CannotDecide.
    """
    with transaction.atomic():
        lock_area(review.region_code)
        case = ImportReview.objects.select_for_update(no_key=True).get(pk=review.pk)
        choice = _allowed(case, decision, by)
        person = _follow(case, choice, by.username, at)
        case.decision, case.reason = choice, reason.strip()
        case.decided_by, case.decided_at = by.username, at
        case.save()
        close_decided(case, by=by.username, at=at)
        record(
            "residents.import_review_decided",
            target=case,
            by=by.username,
            region_code=case.region_code,
            kind=case.kind,
            decision=str(choice),
            person=person,
        )
    return case


def forget_open_reviews(imported: Import, *, by: str) -> None:
    """Take back the questions of an import that was undone: nobody has answered them.

    They are not dismissed, or the next file that says so would go unasked.
    """
    close_all(imported, by=by)
    imported.reviews.filter(decided_at=None).delete()


def may_decide(review: ImportReview, decision: str, actor: Actor) -> bool:
    """Say whether an officer is responsible for what a decision would change.

    Where somebody lives now decides about letting them go; either village may leave
    everything as it is.
    """
    here, there = review.region_code, review.other_region or review.region_code
    if decision == Decision.DISMISS:
        places = {here, there}
    else:
        places = {there} if decision in WHERE_THEY_LIVE else {here}
    return any(actor.may_in(Permission.REGISTRY_IMPORT, place) for place in places)


def _allowed(case: ImportReview, decision: str, by: Actor) -> ImportReview.Decision:
    if case.decided_at is not None:
        raise CannotDecide(_("Somebody has decided this already."))
    if decision not in CHOICES[case.kind]:
        raise CannotDecide(_("Choose one of the answers."))
    if not may_decide(case, decision, by):
        raise CannotDecide(
            _("They live in another village. That village must let them go first.")
        )
    return Decision(decision)


def _follow(
    case: ImportReview, choice: ImportReview.Decision, by: str, at: datetime
) -> int | None:
    """Write what follows from a decision; return the person it was about."""
    if choice is Decision.DISMISS:
        return case.person_id
    ready = _ready(case)
    known = registry.person(case.person_id) if case.person_id else None
    if choice is Decision.ANOTHER_PERSON or known is None:
        return _add(ready, _card(ready), by, at)
    card = _card(ready)
    plan, changes = changes_of(known, ready, card)
    _take_what_only_humans_may(plan, ready)
    finding = Finding(
        case.line, Outcome.CHANGED, ready, known.id, tuple(changes), plan=plan
    )
    _writer(ready.village).write([finding], [] if card is None else [(0, card)])
    append_events([finding], act_of_file(uuid.uuid4(), by=by, at=at))
    follow(Person.objects.get(pk=known.id))
    _set_number(known.id, ready, known.nik_index, by, at)
    return known.id


def _ready(case: ImportReview) -> Ready:
    content = opened(case.box)
    draft = PersonDraft(*content["draft"])
    village = content["village"]
    preparer = Preparer(scope=village, villages={village}, keys=keyring())
    return preparer.one(Head("", ["village"], {}, [], []), draft)


def _card(ready: Ready) -> Card | None:
    """Return the card that the row names, wherever it is; a new one if unknown."""
    if not isinstance(ready.card_key, bytes):
        return None
    there = registry.cards_by_kk([ready.card_key], lock=True).get(ready.card_key)
    if there is not None:
        return of_known(there)
    return Card(
        None, ready.region or ready.village, kk=ready.draft.kk, new=True, ours=True
    )


def _add(ready: Ready, card: Card | None, by: str, at: datetime) -> int:
    """Add somebody; a NIK that another person has makes them its second claimant."""
    nik = ready.draft.nik
    ready.draft = ready.draft._replace(nik="")
    finding = Finding(0, Outcome.NEW, ready, plan=PersonPlan(None, card))
    _writer(ready.village).write([finding], [] if card is None else [(0, card)])
    person = Person.objects.get(pk=finding.person_id or 0)
    if nik:
        set_nik(person=person, nik=nik, by=by, at=at)
    return person.pk


def _take_what_only_humans_may(plan: PersonPlan, ready: Ready) -> None:
    """Birth date, sex and village are never overwritten by a file alone."""
    if ready.born_on is not None:
        plan.updates["born_on"] = ready.born_on
    if not inside(plan.after("region_code"), ready.village):
        plan.updates["region_code"] = ready.village
    plan.updates["sex"] = ready.draft.sex
    flag(plan, ready)


def _set_number(
    person_id: int, ready: Ready, index: bytes | None, by: str, at: datetime
) -> None:
    if index is not None or not ready.draft.nik:
        return
    person = Person.objects.get(pk=person_id)
    try:
        set_nik(person=person, nik=ready.draft.nik, by=by, at=at)
    except ClaimWaits as error:
        raise CannotDecide(error.message) from error


def _writer(village: str) -> PeopleWriter:
    return PeopleWriter(registry.regions_in(village))
