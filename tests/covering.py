"""Colleagues who stand in, for tests: asked, and with their yes."""

from datetime import date, datetime
from typing import Any

from smartkampung.accounts.actions.covers import agree_to_stand_in, let_stand_in
from smartkampung.accounts.models import Cover, Staff
from smartkampung.accounts.queries import actor_for


def stands_in(*, stand_in: Staff, at: datetime, since: date, **told: Any) -> Cover:
    """Ask a colleague, who says yes."""
    cover = let_stand_in(stand_in=stand_in, at=at, since=since, **told)
    agree_to_stand_in(cover=cover, by=actor_for(stand_in, on=since), at=at)
    cover.refresh_from_db()
    return cover
