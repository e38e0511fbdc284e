"""Writes of accounts, by topic."""

from smartkampung.accounts.actions.assignments import assign
from smartkampung.accounts.actions.factors import enroll_demo_totp
from smartkampung.accounts.actions.staff import create_staff

__all__ = ["assign", "create_staff", "enroll_demo_totp"]
