"""The words of messages, from templates, in the language of the person."""

from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

# A phone is read by the whole house, so a message says only that there is news. The
# list is short on purpose: names, programmes and symptoms have no word here.
MAY_SAY = frozenset({"link", "due_on", "minutes", "place", "opens_on"})


def check_context(context: Mapping[str, object]) -> None:
    """Raise ValueError when a message would say something that it must not."""
    forbidden = set(context) - MAY_SAY
    if forbidden:
        raise ValueError(f"a message may not say {sorted(forbidden)}")


def text_of(
    template: str, *, context: Mapping[str, object], language: str, secret: str = ""
) -> str:
    """Return the text of a message; ``secret`` is shown as ``code``."""
    with override(language):
        return render_to_string(
            f"notify/{template}.txt",
            {**context, "code": secret, "site": settings.SITE_URL},
        ).strip()
