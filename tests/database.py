"""One real PostgreSQL for the whole run; keys and folders that vanish with it.

A pytest plugin (``-p tests.database``) and not a conftest, because pytest-django
reads the settings before any conftest is loaded.

The migrated database is kept beside the temporary files, under a fingerprint of the
migrations and libraries, and copied at the next start: a run begins within a second.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from smartkampung.cli.embedded import DATABASE, OWNER, Cluster
from smartkampung.kernel.catalogues import compile_all

ROOT = Path(__file__).resolve().parent.parent
# Nothing here must survive a power cut, so the server need not wait for the disk.
FAST = ("-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off")
# Two workers of pytest may each race 64 threads, a connection apiece, at the same time.
ROOMY = (*FAST, "-c max_connections=300")
A_DAY = 86_400


def start() -> Path:
    """Start a throw-away cluster that stops, and is deleted, with this process."""
    home = Path(tempfile.mkdtemp(prefix="sk-test-"))
    home.chmod(0o755)
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    cluster = Cluster(home / "db", home / "s")
    kept = migrated()
    if kept.exists():
        copy(kept, cluster.data)
        cluster.start(*ROOMY)
    else:
        cluster.start(*ROOMY)
        migrate(cluster, home)
        keep(cluster, kept)
    cluster.stop_when_this_process_ends()
    atexit.register(cluster.stop)
    (home / "static").mkdir(exist_ok=True)
    return home


def migrated() -> Path:
    """Return where the data folder of a migrated cluster is kept, to be copied."""
    return Path(tempfile.gettempdir()) / f"sk-migrated-{os.getuid()}-{fingerprint()}"


def fingerprint() -> str:
    """Return what changes when the migrated database would be another one."""
    files = sorted(ROOT.glob("src/smartkampung/**/migrations/*.py"))
    files += [ROOT / "requirements.lock", ROOT / "src/smartkampung/kernel/rls.py"]
    contents = b"".join(file.read_bytes() for file in files)
    server = os.environ.get("SMARTKAMPUNG_PG_BIN", "")
    return sha256(contents + server.encode()).hexdigest()[:16]


def migrate(cluster: Cluster, home: Path) -> None:
    """Bring the template to the present schema, as the owner of the tables."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "smartkampung.config.settings",
        "SMARTKAMPUNG_HOME": str(home),
        "SMARTKAMPUNG_LOG_LEVEL": "WARNING",
        "DATABASE_URL": cluster.url(role=OWNER),
    }
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(command, check=True, env=environment)


def keep(cluster: Cluster, kept: Path) -> None:
    """Copy the stopped cluster to where the next run finds it; drop old ones."""
    cluster.stop()
    beside = kept.with_name(f"{kept.name}.{os.getpid()}")
    copy(cluster.data, beside)
    if kept.exists():
        shutil.rmtree(beside)
    else:
        beside.rename(kept)
    for old in kept.parent.glob(f"sk-migrated-{os.getuid()}-*"):
        if old != kept and time.time() - old.stat().st_mtime > A_DAY:
            shutil.rmtree(old, ignore_errors=True)
    cluster.start(*ROOMY)


def copy(source: Path, target: Path) -> None:
    """Copy a data folder with its owner, which is not always us."""
    subprocess.run(["/bin/cp", "-a", str(source), str(target)], check=True)


# What was compiled is kept: tests of the command line start hundreds of Pythons.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
if "SK_TEST_HOME" not in os.environ:
    compile_all()
    os.environ["SK_TEST_HOME"] = str(start())
HOME = Path(os.environ["SK_TEST_HOME"])
TEMPLATE = DATABASE
os.environ.update(
    DJANGO_SETTINGS_MODULE="smartkampung.config.settings",
    SMARTKAMPUNG_HOME=str(HOME),
    SMARTKAMPUNG_SECRET_KEY="only-for-tests",
    # The owner is not a superuser, and row-level security is forced on owners.
    DATABASE_URL=Cluster(HOME / "db", HOME / "s").url(role=OWNER),
)
