"""When an office gives rights: said here once, for queries and for SQL of one's own."""

from datetime import date

from django.db.models import Q, QuerySet

from smartkampung.accounts.models import Assignment

# The same for statements written by hand: ``a`` is the office, ``on`` the day.
GIVES_RIGHTS = """a.revoked_at IS NULL
    AND a.since <= %(on)s AND (a.until IS NULL OR a.until > %(on)s)"""


def gives_rights(on: date, *, by_way_of: str = "") -> Q:
    """Return the filter of offices that give rights on a day.

    ``by_way_of`` leads from other rows to their office: ``assignment__``.
    """
    begun = Q(**{f"{by_way_of}since__lte": on})
    return begun & not_over(on, by_way_of=by_way_of)


def not_over(on: date, *, by_way_of: str = "") -> Q:
    """Return the filter of offices that give rights on a day or will later."""
    endless = Q(**{f"{by_way_of}until": None}) | Q(**{f"{by_way_of}until__gt": on})
    return endless & Q(**{f"{by_way_of}revoked_at": None})


def holding(on: date) -> QuerySet[Assignment]:
    """Return the offices that give rights on a day."""
    return Assignment.objects.filter(gives_rights(on))
