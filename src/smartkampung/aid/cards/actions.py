"""Make cards, and end those that were lost."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.aid.cards.queries import hash_of, without_card
from smartkampung.aid.cards.rules import MOST_AT_ONCE, End
from smartkampung.aid.models import Card
from smartkampung.audit.actions import record
from smartkampung.intake.rules import new_code
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused
from smartkampung.residents.models import Person

BUSY = _("Somebody else makes cards for the same people. Please try again in a moment.")

Made = tuple[Person, str]


class NoCardToMake(Refused):
    """Everybody here has a card already, or nobody waits for aid."""

    code = "no_card_to_make"


class CannotEndCard(Refused):
    """The person has no card in force."""

    code = "cannot_end_card"


def make_cards(*, region: str, by: Actor, at: datetime) -> list[Made]:
    """Make cards for the recipients of a region who have none, at most MOST_AT_ONCE.

    Returns each person with the code for the card, which is never kept. Raises
    NoCardToMake.
    """
    chosen = [person.pk for person in without_card(by, region)[:MOST_AT_ONCE]]

    def take() -> list[Made]:
        # Another may have made some between the look and the lock.
        people = list(without_card(by, region).filter(pk__in=chosen))
        if not people:
            raise NoCardToMake(
                _(
                    "Everybody here who waits for aid has a card. For a lost one, make"
                    " a new one for that person."
                )
            )
        return _make(people, by, at)

    return claim_scarce(
        locks=[_people(chosen)], take=take, refusals={}, busy=Busy(BUSY)
    )


def replace_card(*, person: Person, end: End, by: Actor, at: datetime) -> str:
    """End the card of a person, if there is one, and return the code of a new one."""

    def take() -> str:
        _end(person, end, by, at)
        [(_person, code)] = _make([person], by, at)
        return code

    return claim_scarce(
        locks=[_people([person.pk])], take=take, refusals={}, busy=Busy(BUSY)
    )


def end_card(*, person: Person, by: Actor, at: datetime) -> None:
    """End the card of a person who gets no new one; raise CannotEndCard."""

    def take() -> None:
        if not _end(person, End.WITHDRAWN, by, at):
            raise CannotEndCard(_("This person has no card that works."))

    claim_scarce(locks=[_people([person.pk])], take=take, refusals={}, busy=Busy(BUSY))


def _people(chosen: Sequence[int]) -> Lock:
    return Lock(Rank.PERSON, Person.objects.filter(pk__in=chosen))


def _make(people: Sequence[Person], by: Actor, at: datetime) -> list[Made]:
    made = [(person, new_code()) for person in people]
    rows = Card.objects.bulk_create(
        Card(
            person=person,
            code_hash=hash_of(code),
            made_by_id=by.staff_id,
            made_at=at,
        )
        for person, code in made
    )
    for row, (person, _code) in zip(rows, made, strict=True):
        record(
            "aid.card_made",
            target=row,
            by=by.username,
            region_code=person.region_code,
        )
    return made


def _end(person: Person, end: End, by: Actor, at: datetime) -> bool:
    row = Card.objects.filter(person=person, ended_at=None).first()
    if row is None:
        return False
    row.end, row.ended_by_id, row.ended_at = end, by.staff_id, at
    row.save(update_fields=["end", "ended_by", "ended_at"])
    record(
        "aid.card_ended",
        target=row,
        by=by.username,
        region_code=person.region_code,
        end=end.value,
    )
    return True
