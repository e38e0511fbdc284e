"""Reads of accounts, by topic."""

from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries.actors import actor_for
from smartkampung.accounts.queries.demo import DemoAccount, demo_accounts, demo_code

__all__ = ["DemoAccount", "Staff", "actor_for", "demo_accounts", "demo_code"]
