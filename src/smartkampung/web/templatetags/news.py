"""News that waits for the reader, for the home of staff."""

from typing import Any

from django import template
from django.urls import reverse

from smartkampung.accounts.actor import Actor
from smartkampung.frontline.voice.queries.announcements import waiting_for
from smartkampung.kernel.clock import now
from smartkampung.web.news import present

register = template.Library()
SHOWN = 3


@register.inclusion_tag("news/_waiting.html", takes_context=True)
def waiting_news(context: dict[str, Any]) -> dict[str, Any]:
    """Show the newest of what the reader has not read or answered; nothing for none."""
    actor = getattr(context.get("request"), "actor", None)
    if not isinstance(actor, Actor):
        return {}
    rows = list(waiting_for(actor, at=now())[: SHOWN + 1])
    cards = present.cards(rows[:SHOWN], lambda row: reverse("news:read", args=[row.pk]))
    return {"news_waiting": cards, "news_more": len(rows) > SHOWN}
