"""Say that one read a letter: only what was on the screen can have been read."""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.letters.requests.actions.refusals import NotShown
from smartkampung.letters.requests.models import LetterRead, LetterRequest

SALT = "letters.shown"
LASTS = timedelta(hours=12)


def shown(row: LetterRequest, digest: str, *, to: Actor) -> str:
    """Return what proves that a letter was shown: to whom, in which version, how drawn."""
    return signing.dumps([row.pk, row.version, to.username, digest], salt=SALT)


@transaction.atomic
def note_read(*, request: LetterRequest, by: Actor, proof: str, at: datetime) -> None:
    """Write down that an officer read what a letter says; ``proof`` is of ``shown``.

    Raises NotShown when it was shown to somebody else, or says something else by now.
    """
    try:
        pk, version, who, digest = signing.loads(proof, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        pk = version = who = digest = None
    if (pk, version, who) != (request.pk, request.version, by.username):
        raise NotShown(
            _(
                "The letter has changed, or was shown long ago. Read it as it now stands."
            )
        )
    LetterRead.objects.get_or_create(
        request=request,
        version=version,
        by=by.username,
        shown=digest,
        defaults={"at": at},
    )
