"""Reads of accounts, by topic."""

from smartkampung.accounts.queries.actors import actor_for
from smartkampung.accounts.queries.demo import DemoAccount, demo_accounts, demo_code

__all__ = ["DemoAccount", "actor_for", "demo_accounts", "demo_code"]
