"""Names of colleagues, for pages that say who did something."""

from collections.abc import Iterable

from smartkampung.accounts.models import Staff


def full_names(usernames: Iterable[str]) -> dict[str, str]:
    """Return the full names of accounts by username; unknown ones are left out."""
    rows = Staff.objects.filter(username__in=set(usernames))
    return dict(rows.values_list("username", "full_name"))
