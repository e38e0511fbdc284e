"""A letter that tells of a birth, a death or a move opens the work to write it down."""

from datetime import datetime, timedelta

from django.db.models import Q

from smartkampung.accounts.roles import Permission
from smartkampung.letters.catalogue.queries import wording_by
from smartkampung.letters.catalogue.rules.kinds import Feed
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.rules.steps import State
from smartkampung.residents.actions.notice import take
from smartkampung.residents.life.models import LifeEvent
from smartkampung.residents.models import Person
from smartkampung.residents.rules.life import Kind
from smartkampung.worklist.actions import close_work, open_work

DOMAIN, ROBOT = "letters", "life_events"
KIND = "letters.life_event"
DUE = timedelta(days=3)
TELLS: dict[Feed, frozenset[Kind]] = {
    Feed.BIRTH: frozenset({Kind.BIRTH}),
    Feed.DEATH: frozenset({Kind.DEATH}),
    Feed.MOVING: frozenset({Kind.MOVE, Kind.MOVE_OUT}),
}


def feed(row: LetterRequest, *, at: datetime) -> None:
    """Open the work that a letter asks for, if it tells of something that happened.

    A death that is written down already asks for nothing.
    """
    feeds = fed_by(row)
    known = feeds is Feed.DEATH and row.subject.status == Person.Status.DEAD
    if feeds is Feed.NOTHING or known:
        return
    open_work(
        kind=KIND,
        target=row,
        permission=Permission.LIFE_EVENT_RECORD,
        region_code=row.region_code,
        due_at=at + DUE,
    )


def fed_by(row: LetterRequest) -> Feed:
    """Return which life event a letter tells of."""
    wording = wording_by(row.kind, row.wording_version)
    return wording.kind.feeds if wording else Feed.NOTHING


def take_notice(*, event_id: int, at: datetime) -> None:
    """Close the work of letters that told of a life event, now that it is written."""
    event = take(domain=DOMAIN, event_id=event_id, at=at)
    if event is None:
        return
    for row in _told_of(event):
        if event.kind in TELLS.get(fed_by(row), ()):
            close_work(target=row, by=ROBOT, kinds=(KIND,))


def _told_of(event: LifeEvent) -> list[LetterRequest]:
    """Return the issued letters about the person, or the family, of an event.

    Of a death, only those about who died: another of the family may have died, too.
    """
    about = Q(subject=event.person_id)
    if event.kind != Kind.DEATH:
        about |= Q(family__in={event.family_id, event.left_family_id} - {None})
    return list(LetterRequest.objects.filter(about, state=State.ISSUED).order_by("pk"))
