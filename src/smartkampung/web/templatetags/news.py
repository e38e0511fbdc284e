"""News that waits for the reader, for the home of staff."""

from typing import Any

from django import template
from django.urls import reverse

from smartkampung.accounts.actor import Actor
from smartkampung.frontline.voice.queries.announcements import waiting_for
from smartkampung.frontline.voice.rules.asking import Ask
from smartkampung.kernel.clock import now
from smartkampung.web.news import present

register = template.Library()
LOOKED_AT = 20


@register.inclusion_tag("news/_waiting.html", takes_context=True)
def waiting_news(context: dict[str, Any]) -> dict[str, Any]:
    """Show in one line what the reader has not read or answered; nothing for none.

    A warning stands first, then what asks for an answer, then the newest.
    """
    actor = getattr(context.get("request"), "actor", None)
    if not isinstance(actor, Actor):
        return {}
    rows = list(waiting_for(actor, at=now())[:LOOKED_AT])
    if not rows:
        return {}
    first = min(rows, key=lambda row: (not row.danger, row.asks == Ask.READ))
    (card,) = present.cards([first], lambda row: reverse("news:read", args=[row.pk]))
    return {"news_first": card, "news_more": len(rows) - 1}
