"""What the operator says through the environment."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from smartkampung.isolation.exchange.ports import is_private_way

LONG_ENOUGH = 50
DIFFERENT_LETTERS = 10
TOKEN_LENGTH = 24
THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]", "::1"}


def demo_mode() -> Iterator[str]:
    """Find a demo that poses as a deployment."""
    if settings.DEMO:
        yield "SMARTKAMPUNG_DEMO is on: its passwords are public. Never for real people."
    if settings.DEBUG:
        yield "DEBUG is on: error pages show what people typed. Switch it off."


def secret_key() -> Iterator[str]:
    """Find a key that is missing or can be guessed."""
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:  # Django refuses to hand out an empty one
        key = ""
    if not key:
        yield (
            "SMARTKAMPUNG_SECRET_KEY is not set. Make one with: openssl rand -base64 48"
        )
    elif len(key) < LONG_ENOUGH or len(set(key)) < DIFFERENT_LETTERS:
        yield (
            f"SMARTKAMPUNG_SECRET_KEY is weak: use at least {LONG_ENOUGH} random"
            " characters (openssl rand -base64 48)."
        )


def addresses() -> Iterator[str]:
    """Find addresses that do not work, or are not safe."""
    site = urlsplit(settings.SITE_URL)
    if site.scheme != "https":
        yield (
            "SMARTKAMPUNG_SITE_URL does not begin with https://. Passwords would travel"
            " readable; put a certificate on the proxy."
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield "SMARTKAMPUNG_HOSTS holds *: name the hosts, or links can be forged."
    elif not _allowed(site.hostname or ""):
        yield f"SMARTKAMPUNG_HOSTS does not hold {site.hostname}, the host of the site."


def _allowed(host: str) -> bool:
    return any(
        host == name or (name.startswith(".") and f".{host}".endswith(name))
        for name in settings.ALLOWED_HOSTS
    )


def exchange() -> Iterator[str]:
    """Find a way to another system on which somebody could read along."""
    if settings.FHIR_URL and not is_private_way(settings.FHIR_URL):
        yield (
            "SMARTKAMPUNG_FHIR_URL does not begin with https://. NIK and health would"
            " travel readable, so nothing is sent."
        )


def messages() -> Iterator[str]:
    """Find a message service that reaches nobody."""
    match settings.MESSAGES:
        case "console":
            yield (
                "SMARTKAMPUNG_MESSAGES is console: nobody gets a message, and codes are"
                " printed. Use smtp or apprise."
            )
        case "smtp":
            if not settings.MESSAGES_GATEWAY:
                yield "SMARTKAMPUNG_SMS_GATEWAY is not set: phones cannot be reached."
            if settings.EMAIL_HOST not in THIS_MACHINE and not settings.EMAIL_USE_TLS:
                yield "SMARTKAMPUNG_SMTP_TLS is off: codes travel readable. Set it to 1."
        case "apprise":
            if "{to}" not in settings.MESSAGES_APPRISE_URL:
                yield "SMARTKAMPUNG_APPRISE_URL has no {to}: everybody gets all messages."
        case named:
            for name in named.split(","):
                yield from _channel(name.strip())


def _channel(name: str) -> Iterator[str]:
    urls = {
        "whatsapp": settings.MESSAGES_WHATSAPP_URL,
        "sms": settings.MESSAGES_SMS_URL,
        "email": "{to}",
    }
    if name not in urls:
        yield (
            f"SMARTKAMPUNG_MESSAGES is {name!r}: use smtp or apprise, or channels in"
            " order: whatsapp,sms,email."
        )
    elif "{to}" not in urls[name]:
        variable = f"SMARTKAMPUNG_{name.upper()}_URL"
        yield f"{variable} has no {{to}}: this channel reaches nobody, or everybody."


def measurements() -> Iterator[str]:
    """Find a token that can be guessed."""
    if 0 < len(settings.METRICS_TOKEN) < TOKEN_LENGTH:
        yield f"SMARTKAMPUNG_METRICS_TOKEN is short: use {TOKEN_LENGTH} characters or more."
