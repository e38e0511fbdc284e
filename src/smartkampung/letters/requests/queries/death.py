"""The day of a death that is known already: no second letter tells of another one."""

from datetime import date

from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries.facts import told_in
from smartkampung.residents.life.models import LifeEvent
from smartkampung.residents.models import Person
from smartkampung.residents.rules.life import Kind

# The question by which letters about who died ask for the day.
DIED_ON = "died_on"
DEATH = "death"


def known_death(person: Person) -> date | None:
    """Return when somebody died, as the registry or a letter that holds says.

    A letter that is being written anew is in doubt and says nothing. Whoever asks sees
    only letters that they may see: the office asks again at the check.
    """
    events = LifeEvent.objects.filter(person=person, kind=Kind.DEATH)
    event = events.order_by("happened_on").last()
    if person.status == Person.Status.DEAD and event:
        return event.happened_on
    held = LetterRequest.objects.filter(
        subject=person,
        kind=DEATH,
        letters__issued_at__isnull=False,
        letters__revoked_at=None,
        letters__given_up_at=None,
    )
    anew = LetterRequest.objects.filter(ended_at=None, replaces__isnull=False)
    letter = held.exclude(letters__in=anew.values("replaces")).order_by("pk").last()
    said = told_in(letter).asked.get(DIED_ON) if letter else None
    return date.fromisoformat(said) if isinstance(said, str) and said else None
