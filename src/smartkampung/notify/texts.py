"""The words of messages, from templates, in the language of the person."""

from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from smartkampung.notify.tongues import said

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
    """Return the text of a message; ``secret`` is shown as ``code``.

    In Indonesian where a regional language has no confirmed words for it.
    """
    filled = {**context, "code": secret, "site": settings.SITE_URL}
    if language not in dict(settings.LANGUAGES):
        if words := said(language, template, filled):
            return words
        language = settings.LANGUAGE_CODE
    with override(language):
        return render_to_string(f"notify/{template}.txt", filled).strip()
