"""Where things are and who connects, told to the parts through the environment."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from smartkampung.cli.trouble import Trouble, plain_words
from smartkampung.kernel.env import home as home_of_program

APP_ROLE = "SMARTKAMPUNG_APP_ROLE"


def home() -> Path:
    """Return the folder of this deployment."""
    return home_of_program()


def act_as_owner() -> None:
    """Connect as the owner of the tables from here on; remember who the program is.

    DATABASE_URL names the role of web and worker. DATABASE_OWNER_URL names the role
    that owns the schema; without it the two are one, which ``check`` complains of.
    """
    url = os.environ.get("DATABASE_URL", "")
    owner = os.environ.get("DATABASE_OWNER_URL")
    if owner:
        os.environ[APP_ROLE] = urlsplit(url).username or ""
        os.environ["DATABASE_URL"] = owner


def app_role() -> str:
    """Return the role of web and worker, when it is not the one connected now."""
    return os.environ.get(APP_ROLE, "")


def need_database_url() -> None:
    """Raise Trouble when nobody said which database to use."""
    if not os.environ.get("DATABASE_URL"):
        raise Trouble(
            "DATABASE_URL is not set. Set it to your PostgreSQL, for example"
            " postgresql://sk_app@localhost/smartkampung, or try ./run demo."
        )


def kept_secret(path: Path) -> str:
    """Return the secret in a file that only its owner reads; make it when missing."""
    with plain_words(path):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
        return path.read_text().strip()
