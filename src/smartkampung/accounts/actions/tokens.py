"""Keys for programs that act in one office of their owner."""

from datetime import datetime, timedelta

from smartkampung.accounts.keys import key_hash, new_key
from smartkampung.accounts.models import ApiToken, Assignment
from smartkampung.audit.actions import record

PREFIX = "sk_"


def issue_token(
    *, assignment: Assignment, name: str, lives: timedelta, by: str, at: datetime
) -> str:
    """Make a token and return its text, which cannot be shown again.

    It may do what its assignment may do at the moment of each request: when the
    office ends, so does the token.
    """
    text = new_key(PREFIX)
    ApiToken.objects.create(
        assignment=assignment,
        name=name,
        token_hash=key_hash(text),
        created_at=at,
        expires_at=at + lives,
    )
    record("accounts.token_issued", target=assignment, by=by, days=lives.days)
    return text


def revoke_token(*, token: ApiToken, by: str, at: datetime) -> None:
    """Make a token worthless at once; one that is already stays as it is."""
    changed = ApiToken.objects.filter(pk=token.pk, revoked_at=None)
    if changed.update(revoked_at=at):
        record("accounts.token_revoked", target=token.assignment, by=by)
