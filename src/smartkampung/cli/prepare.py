"""Brings a database, its rights, static files and the people of a demo into being."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import override
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from smartkampung.accounts.queries import demo_accounts
from smartkampung.cli.binaries import OLDEST
from smartkampung.cli.environment import app_role
from smartkampung.cli.grants import grant_to
from smartkampung.cli.supervise import Part, python
from smartkampung.cli.trouble import Trouble, plain_words
from smartkampung.demo.build import Plan, steps
from smartkampung.kernel.catalogues import compile_all
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.schema import pending_migrations
from smartkampung.kernel.sealed import write_new_keys
from smartkampung.kernel.tables import has_seen_none, make_tables

out = Console()


def migrate() -> bool:
    """Apply what is missing; say whether anything was. Refuses an old PostgreSQL."""
    connection.ensure_connection()
    version = connection.connection.info.server_version
    if version < OLDEST * 10_000:
        raise Trouble(
            f"The database is PostgreSQL {version // 10_000}; {OLDEST} or newer is"
            " needed."
        )
    if not pending_migrations():
        return False
    if has_seen_none():
        make_tables()
    else:
        call_command("migrate", verbosity=0, interactive=False)
    return True


def grant() -> str:
    """Grant the program's role its rights, unless it is the owner; return its name."""
    role = app_role()
    if role:
        grant_to(role)
    return role


def files() -> None:
    """Compile the catalogues and collect the static files, when either changed."""
    with plain_words(Path(settings.STATIC_ROOT)):
        compile_all()
        stamp = Path(settings.STATIC_ROOT) / "stamp"
        now = _static_stamp()
        if stamp.exists() and stamp.read_text() == now:
            return
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(now)


def prepare_demo(
    people: Annotated[int, typer.Option()],
    seed: Annotated[int, typer.Option()],
) -> None:
    """Make the demo in an empty database, or bring an existing one up to date."""
    if not settings.DEMO:
        raise Trouble("prepare-demo is for the demo only.")
    key_file = Path(settings.KEY_FILE)
    if not key_file.exists():
        write_new_keys(key_file)
    ready = Path(settings.HOME) / "ready.json"
    if not ready.exists() and connection.introspection.table_names():
        raise Trouble(
            "The database is not empty, and a demo would mix its people with what is"
            " there. Point DATABASE_URL to an empty one."
        )
    changed = migrate()
    if not ready.exists():
        grant()
        _build(Plan(people=people, seed=seed, at=now()))
    if changed:
        grant()
    files()  # they are there already, if "site-files" ran beside this
    parts = [step.title for step in steps()]
    if not ready.exists():
        ready.write_text(json.dumps({**_facts(people, seed), "parts": parts}))
    mark_older(ready, parts)


def mark_older(ready: Path, parts: list[str]) -> None:
    """Write down whether a demo was made before some part of today's was thought of.

    Its database is brought up to date, but what new parts would tell is not in it.
    """
    facts = json.loads(ready.read_text())
    facts["older"] = not set(parts) <= set(facts.get("parts", []))
    ready.write_text(json.dumps(facts))


def tell_beside(
    people: Annotated[int, typer.Option()],
    seed: Annotated[int, typer.Option()],
    at: Annotated[str, typer.Option()],
) -> None:
    """Make the part of a demo that is made beside the others, on another processor."""
    plan = Plan(people=people, seed=seed, at=datetime.fromisoformat(at))
    for step in steps():
        if step.beside:
            with _as_job():
                step.run(plan, lambda done, total: None)


def _facts(people: int, seed: int) -> dict[str, object]:
    """Return what the supervisor tells a stranger about the finished demo."""
    with override("en"):
        accounts = [
            [account.username, str(account.role), account.place]
            for account in demo_accounts(on=today())
        ]
    return {
        "people": people,
        "seed": seed,
        "accounts": accounts,
        "password": settings.DEMO_PASSWORD,
        "secret": settings.DEMO_TOTP_SECRET,
    }


def _build(plan: Plan) -> None:
    columns = (
        TextColumn("{task.description:<34}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    beside: list[tuple[TaskID, Part]] = []
    with Progress(*columns, console=out) as progress:
        for step in steps():
            task = progress.add_task(step.title, total=None)
            if step.beside:
                beside.append((task, _started(plan)))
                continue

            def tell(done: int, total: int, task: TaskID = task) -> None:
                progress.update(task, completed=done, total=total)

            with nullcontext() if step.own_transactions else _as_job():
                step.run(plan, tell)
            progress.update(task, completed=1, total=1)
        for task, part in beside:
            part.wait()
            progress.update(task, completed=1, total=1)


def _started(plan: Plan) -> Part:
    """Start the process that makes the part that is made beside the others."""
    options = ["--people", str(plan.people), "--seed", str(plan.seed)]
    options += ["--at", plan.at.isoformat()]
    part = Part("isolation", python("smartkampung.cli", "tell-beside", *options), {})
    part.start()
    return part


@contextmanager
def _as_job() -> Iterator[None]:
    with transaction.atomic():
        act_as(Kind.JOB)
        yield


def _static_stamp() -> str:
    """Return a fingerprint of names, sizes and times of all static files."""
    lines = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            lines.append(f"{path} {facts.st_size} {facts.st_mtime_ns}")
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()
