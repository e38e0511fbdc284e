"""Letters that a stranger may prove in the demo: their codes stand on its page."""

from dataclasses import dataclass

from smartkampung.kernel.rls import as_job
from smartkampung.letters.catalogue.queries import wording_by
from smartkampung.letters.requests.models import Letter


@dataclass(frozen=True)
class Played:
    """A made-up letter: what it is called, how it stands, and its two codes."""

    title: str
    revoked: bool
    code: str
    holder_code: str


def played_letters(lang: str) -> list[Played]:
    """Return one letter that was issued and one that was revoked, the latest of each."""
    with as_job():
        issued = Letter.objects.filter(issued_at__isnull=False, given_up_at=None)
        rows = issued.select_related("request").order_by("-issued_at", "-pk")
        latest = [
            rows.filter(revoked_at__isnull=not revoked).first()
            for revoked in (False, True)
        ]
        return [_played(one, lang) for one in latest if one]


def _played(letter: Letter, lang: str) -> Played:
    wording = wording_by(letter.kind, letter.request.wording_version)
    title = wording.kind.title.of(lang) if wording else letter.kind
    revoked = letter.revoked_at is not None
    return Played(title, revoked, letter.code, letter.holder_code.open())
