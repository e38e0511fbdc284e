"""What the operator sets through environment variables, read once and typed."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


def flag(name: str) -> bool:
    """Say whether an environment variable is switched on (1, true, yes)."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes"}


def home() -> Path:
    """Return the folder that holds keys, uploads and the embedded database.

    Outside the source tree, so that a fresh clone never carries people's data.
    """
    chosen = os.environ.get("SMARTKAMPUNG_HOME")
    if chosen:
        return Path(chosen)
    if os.geteuid() == 0:
        return Path("/var/lib/smartkampung")
    return Path.home() / ".local" / "share" / "smartkampung"


def database(url: str) -> dict[str, object]:
    """Translate a ``postgresql://`` URL into Django's settings.

    Raises ValueError with a sentence for the operator when the URL is not one.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must start with postgresql://")
    query = dict(parse_qsl(parts.query))
    # Every trigger asks for this setting. One that is not there is caught as an error
    # and rolled back: for each row, at a price that grows with all rows that wait.
    options = f"{query.pop('options', '')} -c pgtrigger.ignore={{}}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "smartkampung",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": str(query.pop("port", "") or parts.port or ""),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**query, "options": options, "application_name": "smartkampung"},
    }
