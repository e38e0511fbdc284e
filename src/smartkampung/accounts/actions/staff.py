"""Making staff accounts."""

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.models import Staff
from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused, atomic_or_refuse


class UsernameTaken(Refused):
    """Somebody else signs in with that name."""

    code = "username_taken"


def create_staff(
    *,
    username: str,
    full_name: str,
    by: str,
    email: str = "",
    language: str = "id",
    password: str | None = None,
    is_demo: bool = False,
) -> Staff:
    """Make an account; raise UsernameTaken when the name is in use.

    The name is stored in lower case, because phones capitalise first letters.
    Without a password nobody can sign in until an invitation has set one.
    """
    staff = Staff(
        username=username.strip().lower(),
        full_name=full_name,
        email=email,
        language=language,
        is_demo=is_demo,
    )
    if password is None:
        staff.set_unusable_password()
    else:
        staff.set_password(password)
    taken = UsernameTaken(_("That username is taken. Choose another one."))
    with atomic_or_refuse({"accounts_staff_username_key": taken}):
        staff.save()
    record("accounts.staff_created", target=staff, by=by)
    return staff
