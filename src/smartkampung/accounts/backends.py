"""Who may sign in by username and password."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from smartkampung.accounts.models import Staff


class StaffBackend(ModelBackend):
    """Usernames are lower case and without spaces, however a phone typed them.

    An unknown name costs the same time as a wrong password, and a disabled account
    is answered like both (``ModelBackend``).
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **options: Any,
    ) -> Staff | None:
        """Return the account that these open, or None."""
        tidy = username.strip().lower() if username else username
        user = super().authenticate(request, username=tidy, password=password)
        return user if isinstance(user, Staff) else None

    def user_can_authenticate(self, user: Any) -> bool:
        """Say whether the account is open here."""
        return isinstance(user, Staff) and user.may_enter
