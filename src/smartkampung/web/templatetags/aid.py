"""Filters of aid pages: ``{% load aid %}``."""

from typing import Any

from django import template

from smartkampung.kernel.language import either

register = template.Library()


@register.filter
def programme_name(programme: Any) -> str:
    """Return the name of a programme in the language of the reader."""
    return either(programme.name, programme.name_en)
