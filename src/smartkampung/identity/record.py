"""A person's record as the civil registry is asked about it."""

from smartkampung.identity.ports import Question
from smartkampung.identity.rules import Field
from smartkampung.kernel.sealed import blind_index, blind_indexes
from smartkampung.residents.models import Person

PURPOSE = "identity"


def question_of(person: Person) -> Question:
    """Return the question about a person with a NIK, for the service alone.

    The numbers are opened here, shown to nobody and kept nowhere: not a reveal.
    """
    if person.nik is None:
        raise ValueError("nothing can be asked about a person without a NIK")
    card = person.family.kk
    told = {
        Field.NAME: person.name,
        Field.BIRTH_DATE: person.born_on.isoformat() if person.born_on else "",
        Field.SEX: person.sex,
        Field.KK: card.open() if card is not None else "",
    }
    return Question(
        person.nik.open(), {name: value for name, value in told.items() if value}
    )


def fingerprint_of(question: Question) -> bytes:
    """Return a keyed fingerprint of what is asked."""
    return blind_index(_text(question), PURPOSE)


def same_as_asked(question: Question, fingerprint: bytes) -> bool:
    """Say whether this is still what was asked, whichever key made the fingerprint."""
    return fingerprint in blind_indexes(_text(question), PURPOSE)


def _text(question: Question) -> str:
    return "\n".join([question.nik, *(f"{k}={v}" for k, v in question.fields.items())])
