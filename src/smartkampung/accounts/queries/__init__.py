"""Reads of accounts, by topic."""

from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries.actors import acting_still, actor_for
from smartkampung.accounts.queries.demo import (
    DemoAccount,
    demo_accounts,
    demo_code,
    demo_leftovers,
)
from smartkampung.accounts.queries.tokens import actor_for_token

__all__ = [
    "DemoAccount",
    "Staff",
    "acting_still",
    "actor_for",
    "actor_for_token",
    "demo_accounts",
    "demo_code",
    "demo_leftovers",
]
