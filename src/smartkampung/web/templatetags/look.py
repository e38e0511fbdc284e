"""Filters that put days, moments and money in people's words: ``{% load look %}``.

An empty value gives an empty text, so that a template needs no condition.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django import template

from smartkampung.kernel import wording
from smartkampung.web.core.devices import device_name

register = template.Library()


def _empty_stays_empty(words: Callable[[Any], str]) -> Callable[[Any], str]:
    def shown(value: Any) -> str:
        return "" if value in {None, ""} else words(value)

    return shown


FITS = 7
FILTERS: dict[str, Callable[[Any], str]] = {
    "day": wording.long_day,
    "short_day": wording.short_day,
    "hour": wording.hour,
    "moment": wording.moment,
    "short_moment": wording.short_moment,
    "rupiah": wording.rupiah,
    "whole": wording.whole,
    "percent": wording.percent,
    "device": device_name,
}


@register.filter
def large(value: object) -> str:
    """Let the unit of a number that is written large stand on a line of its own."""
    return str(value).replace("\xa0", " ")


@register.filter
def is_long(value: object) -> bool:
    """Say whether a number needs smaller letters to stay whole in its card."""
    return max(map(len, large(value).split()), default=0) > FITS


@register.filter
def agree(findings: Iterable[dict[str, Any]] | None) -> bool:
    """Say whether nothing that was found speaks against the record."""
    return all(finding["state"] == "ok" for finding in findings or ())


for name, words in FILTERS.items():
    register.filter(name, _empty_stays_empty(words))
