"""Letters that are ready and whose family no message reaches."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.letters.requests.models import Letter, LetterRequest, LetterStep
from smartkampung.letters.requests.queries.letters import PURPOSE, letters_for
from smartkampung.letters.requests.queries.standing import state_of
from smartkampung.letters.requests.rules.steps import Channel, Did, State
from smartkampung.residents.queries import note_looks

BRINGS: dict[str, Permission] = {
    Channel.RT: Permission.LETTER_CONFIRM,
    Channel.COUNTER: Permission.LETTER_SERVE,
}


def unbrought(rows: QuerySet[LetterRequest]) -> QuerySet[LetterRequest]:
    """Return the issued letters among some that somebody still has to bring."""
    brought = LetterStep.objects.filter(request=OuterRef("pk"), did=Did.BROUGHT)
    rows = rows.filter(state=State.ISSUED, channel__in=BRINGS)
    return rows.filter(~Exists(brought), applicant__family__phone=None)


def waits_at_home(row: LetterRequest) -> bool:
    """Say whether the family of a letter waits to be told that it is ready."""
    return unbrought(LetterRequest.objects.filter(pk=row.pk)).exists()


def brings(actor: Actor, row: LetterRequest) -> bool:
    """Say whether somebody is to bring a letter: the office through which it was asked."""
    permission = BRINGS.get(row.channel)
    if permission is None or not actor.may_in(permission, row.region_code):
        return False
    return waits_at_home(row)


def to_bring(actor: Actor, rows: Iterable[LetterRequest]) -> set[int]:
    """Return which letters of a list somebody is to bring."""
    issued = [row.pk for row in rows if row.state == State.ISSUED]
    found = unbrought(LetterRequest.objects.filter(pk__in=issued)) if issued else ()
    return {
        row.pk for row in found if actor.may_in(BRINGS[row.channel], row.region_code)
    }


def letter_to_bring(actor: Actor, letter_id: int, *, on: date) -> Letter:
    """Return a letter that somebody prints to bring it, and write the look down.

    404 for every other, and once it is brought or holds no longer.
    """
    rows = letters_for(actor).filter(pk=letter_id, issued_at__isnull=False)
    letter = rows.first()
    if letter is None or not brings(actor, letter.request):
        raise Http404
    if state_of(letter.request, on=on) != State.ISSUED:
        raise Http404
    note_looks(
        actor,
        [letter.request.subject],
        purpose=PURPOSE,
        permission=Permission.LETTER_VIEW,
    )
    return letter
