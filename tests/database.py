"""One real PostgreSQL for the whole run; keys and folders that vanish with it.

A pytest plugin (``-p tests.database``) and not a conftest, because pytest-django
reads the settings before any conftest is loaded.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from smartkampung.cli.embedded import OWNER, Cluster
from smartkampung.kernel.catalogues import compile_all

# Nothing here must survive a power cut, so the server need not wait for the disk.
FAST = ("-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off")


def start() -> Path:
    """Start a throw-away cluster that stops, and is deleted, with this process."""
    home = Path(tempfile.mkdtemp(prefix="sk-test-"))
    home.chmod(0o755)
    cluster = Cluster(home / "db", home / "s")
    cluster.start(*FAST)
    (home / "static").mkdir()
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    atexit.register(cluster.stop)
    return home


if "SK_TEST_HOME" not in os.environ:
    compile_all()
    os.environ["SK_TEST_HOME"] = str(start())
HOME = Path(os.environ["SK_TEST_HOME"])
os.environ.update(
    DJANGO_SETTINGS_MODULE="smartkampung.config.settings",
    SMARTKAMPUNG_HOME=str(HOME),
    SMARTKAMPUNG_SECRET_KEY="only-for-tests",
    # The owner is not a superuser, and row-level security is forced on owners.
    DATABASE_URL=Cluster(HOME / "db", HOME / "s").url(role=OWNER),
)
