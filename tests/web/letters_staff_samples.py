"""Sample arguments of the work on letters (``tests/web/samples.py`` says how)."""

from typing import Any

from smartkampung.letters.requests.models import LetterRequest
from tests.asking_letters import asked
from tests.web.sampling import Sample
from tests.web.scene import WORDS, Scene


def wished(at: Scene) -> LetterRequest:
    """Return what Wayan asked for, with a photo; he asks when nobody did so far."""
    row = LetterRequest.objects.filter(subject=at.wayan).first()
    return row or asked(at.wayan, files={"statement": (at.photo,)})


def _photo(at: Scene) -> dict[str, Any]:
    row = wished(at)
    return {"request_id": row.pk, "file_id": row.files.get().pk}


def _one(words: tuple[str, ...] = (), **more: Any) -> Sample:
    return Sample(
        lambda at: {"request_id": wished(at).pk, **more},
        bound=True,
        words=words,
        rls=True,
    )


LETTERS_STAFF: dict[str, Sample] = {
    "letters_staff:request": _one(WORDS),
    "letters_staff:preview": _one(),
    "letters_staff:read": _one(WORDS),
    "letters_staff:photo": Sample(_photo, bound=True, rls=True),
    "letters_staff:act": _one(name="confirm"),
}
