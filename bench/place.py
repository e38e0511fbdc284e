"""A throw-away deployment to measure in: importing this makes one, until exit.

PostgreSQL runs with the settings of a real deployment (nothing is switched off), so
that ratios mean something.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django
from django.core.management import call_command

from smartkampung.cli.embedded import OWNER, Cluster
from smartkampung.cli.tuning import tuned
from smartkampung.kernel.sealed import write_new_keys

HOME = Path(tempfile.mkdtemp(prefix="sk-bench-", dir=os.environ.get("SK_BENCH_DIR")))
HOME.chmod(0o755)
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
CLUSTER = Cluster(HOME / "db", HOME / "s")
CLUSTER.start(*tuned())
atexit.register(CLUSTER.stop)

os.environ.update(
    DJANGO_SETTINGS_MODULE="smartkampung.config.settings",
    SMARTKAMPUNG_HOME=str(HOME),
    SMARTKAMPUNG_SECRET_KEY="only-for-benchmarks",
    SMARTKAMPUNG_LOG_LEVEL="WARNING",
    DATABASE_URL=CLUSTER.url(role=OWNER),
)
write_new_keys(HOME / "keys.json")
django.setup()
call_command("migrate", verbosity=0)
