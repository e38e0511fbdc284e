"""Where a request comes from."""

import ipaddress
from ipaddress import IPv4Address

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = str(IPv4Address(0))


def client_address(request: HttpRequest) -> str | None:
    """Return the address of the browser, or None when it cannot be known.

    ``X-Forwarded-For`` is believed only as far as our own proxies wrote it: with
    ``SMARTKAMPUNG_PROXIES=1`` the last entry, with 2 the last but one.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(hops) >= settings.PROXIES:
            address = hops[-settings.PROXIES].strip()
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    # A server that listens for both kinds sees 1.2.3.4 as ::ffff:1.2.3.4; taken for
    # IPv6, everybody would share one network and one limit.
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def who_asks(request: HttpRequest) -> str:
    """Return the address that asks; a whole /64 counts as one in IPv6."""
    parsed = ipaddress.ip_address(client_address(request) or UNKNOWN)
    if parsed.version == 6:
        return str(ipaddress.ip_network((int(parsed), 64), strict=False))
    return str(parsed)
