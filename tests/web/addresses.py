"""Every address of the program, with what its view declared."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One URL pattern of the program."""

    name: str
    route: str
    view: Any
    takes_arguments: bool

    @property
    def permission(self) -> str | None:
        """Return what the view declared, if anything."""
        return getattr(self.view, "declared_permission", None)

    @property
    def is_api(self) -> bool:
        """Say whether programs come here with tokens, and not browsers."""
        return self.route.startswith("api/")

    @property
    def methods(self) -> tuple[str, ...]:
        """Return the methods that the view takes."""
        return tuple(getattr(self.view, "declared_methods", ()))


def addresses() -> list[Address]:
    """Walk the whole URL conf."""
    return sorted(
        _walk(get_resolver(settings.ROOT_URLCONF).url_patterns, "", ""),
        key=lambda address: address.route,
    )


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, space: str
) -> list[Address]:
    found = []
    for item in patterns:
        route = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            inner = f"{space}{item.namespace}:" if item.namespace else space
            found += _walk(item.url_patterns, route, inner)
        else:
            name = f"{space}{item.name}" if item.name else ""
            takes = bool(item.pattern.regex.groups)
            found.append(Address(name, route, item.callback, takes))
    return found
