"""What a password may not be."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class NotTheDemoPassword:
    """Refuses the password that is printed for everybody who starts the demo."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError for the demo password."""
        if password.strip().lower() == settings.DEMO_PASSWORD:
            raise ValidationError(
                _("Everybody knows that password: it is the one of the demo."),
                code="demo_password",
            )

    def get_help_text(self) -> str:
        """Return nothing: nobody needs to be told beforehand."""
        return ""
