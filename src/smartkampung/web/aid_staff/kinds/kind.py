"""What is said of a kind of work."""

from dataclasses import dataclass

from django.utils.functional import Promise

from smartkampung.accounts.roles import Permission


@dataclass(frozen=True)
class Kind:
    """One kind of work: its words, who does it, and the page where it is done."""

    label: Promise
    permission: Permission
    page: str
