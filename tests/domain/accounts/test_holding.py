"""When an office gives rights: one answer, whoever asks and however."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from smartkampung.accounts.actions.tokens import issue_token
from smartkampung.accounts.models import Assignment
from smartkampung.accounts.queries import actor_for, actor_for_token
from smartkampung.accounts.queries.holding import GIVES_RIGHTS, holding, not_over
from smartkampung.accounts.queries.offices import holders
from smartkampung.accounts.queries.sessions import live_session
from smartkampung.accounts.queries.tokens import offices_of
from smartkampung.accounts.sessions import hashed
from smartkampung.kernel.clock import now, today
from tests import cast
from tests.repository.tree import ROOT, python

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SAYS = "src/smartkampung/accounts/queries/holding.py"
# Where the days are kept, and where an absence has days of its own.
APART = {
    f"src/smartkampung/accounts/{name}.py" for name in ("models", "queries/covers")
}


@pytest.mark.parametrize(
    ("change", "holds", "over"),
    [
        ({}, True, False),
        ({"since": 0}, True, False),
        ({"since": 1}, False, False),
        ({"until": 1}, True, False),
        ({"until": 0}, False, True),
        ({"revoked_at": 0}, False, True),
        ({"revoked_at": 0, "since": 1}, False, True),
    ],
    ids=str,
)
def test_whoever_asks_hears_the_same(
    change: dict[str, int], holds: bool, over: bool
) -> None:
    sari, at = cast.sari(), now()
    client = cast.sign_in(Client(), sari)
    office = Assignment.objects.get(staff=sari)
    token = issue_token(assignment=office, name="x", lives=3 * DAY, by="sari", at=at)
    Assignment.objects.update(**said(change, at))
    found = {
        "query": holding(today()).exists(),
        "sql": by_hand(),
        "actor": bool(actor_for(sari, on=today()).posts),
        "session": bool(live(client, at)),
        "token": actor_for_token(token, at=at) is not None,
        "holders": bool(holders(cast.HERE, [], on=today())),
        "own": bool(offices_of(sari, on=today())),
    }
    assert set(found.values()) == {holds}, found
    assert Assignment.objects.filter(not_over(today())).exists() is not over


def said(change: dict[str, int], at: datetime) -> dict[str, Any]:
    """Return days from today as an office keeps them."""
    days = {name: today() + number * DAY for name, number in change.items()}
    if "revoked_at" in days:
        signed = {"revoked_by": "admin", "revoke_reason": "moved"}
        return {**days, **signed, "revoked_at": at}
    return dict(days)


def by_hand() -> bool:
    """Ask as a statement of one's own does."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM accounts_assignment a WHERE {GIVES_RIGHTS}",
            {"on": today()},
        )
        return bool(cursor.fetchone()[0])


def live(client: Client, at: datetime) -> Any:
    """Return the rights that came with a session."""
    found = live_session(hashed(client.session.session_key or ""), at=at)
    assert found is not None
    assert found.staff is not None
    return found.staff.posts_read


def test_nobody_else_says_when_an_office_gives_rights() -> None:
    again = [
        str(path.relative_to(ROOT))
        for path in python("src")
        if (text := path.read_text())
        and re.search(r"\bAssignment\b|accounts_assignment", text)
        and re.search(r"\buntil__gt=|revoked_at=None, *since|\ba\.until\b", text)
    ]
    assert set(again) <= {SAYS, *APART}, again
