"""Letting one transaction at a time do something that has no row yet."""

from django.db import connection


def only_one_at(name: str) -> None:
    """Wait until no other transaction works on what is called so; until this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
