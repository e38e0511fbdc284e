"""An operator is told everything that is wrong, and nothing when all is well."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from smartkampung.cli.checks import database, files, run_checks, running, settings
from smartkampung.cli.embedded import Cluster
from smartkampung.cli.grants import append_only_tables
from smartkampung.isolation.exchange.ports import receiver
from smartkampung.kernel.later import later
from smartkampung.ledger.actions import open_account
from smartkampung.ledger.models import Account
from tests.cli.deployment import Deployment
from tests.database import HOME

STRONG = "kD8f0sNq3-Zx9vLw2RtYp7_mHc5jBa1uEo6iGd4lTyKx0wPz.."


def said(check: Iterator[str]) -> str:
    return "\n".join(check)


@pytest.mark.slow
def test_a_deployment_made_by_the_book_is_well(deployment: Deployment) -> None:
    with deployment.running("worker"):
        until = time.monotonic() + 60
        while (answer := deployment.run("check")).returncode:
            assert "No worker is running" in answer.stdout, answer.stdout
            assert time.monotonic() < until, answer.stdout
    assert "All is well." in answer.stdout


@pytest.mark.slow
def test_a_careless_deployment_is_told_each_thing_in_one_run(
    deployment: Deployment,
) -> None:
    careless = {
        "SMARTKAMPUNG_DEMO": "1",
        "SMARTKAMPUNG_SECRET_KEY": "",
        "SMARTKAMPUNG_SITE_URL": "http://kampung.example",
        "SMARTKAMPUNG_HOSTS": "*",
        "SMARTKAMPUNG_MESSAGES": "console",
        "SMARTKAMPUNG_BACKUPS": "",
        "DATABASE_URL": deployment.environment["DATABASE_OWNER_URL"],
    }
    answer = deployment.run("check", **careless)
    assert answer.returncode == 1
    for words in (
        "SMARTKAMPUNG_DEMO is on",
        "SMARTKAMPUNG_SECRET_KEY is not set",
        "does not begin with https://",
        "SMARTKAMPUNG_HOSTS holds *",
        "SMARTKAMPUNG_MESSAGES is console",
        "owns tables",
        "UPDATE ledger_entry",
        "No base backup",
        "archive_mode",
    ):
        assert words in answer.stdout
    assert "Traceback" not in answer.stdout + answer.stderr


@pytest.mark.slow
def test_a_database_that_is_away_is_a_sentence(deployment: Deployment) -> None:
    nowhere = {"DATABASE_URL": "postgresql://sk_app@/x?host=/nowhere"}
    answer = deployment.run("check", **nowhere)
    assert answer.returncode == 1
    assert "The database does not answer" in answer.stdout
    assert "Traceback" not in answer.stdout + answer.stderr


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ("", "is not set"),
        ("only-for-tests", "weak"),
        ("a" * 60, "weak"),
        (STRONG, ""),
    ],
    ids=["missing", "short", "one letter", "random"],
)
def test_secret_keys(settings_of: Settings, key: str, problem: str) -> None:
    settings_of.SECRET_KEY = key
    assert problem in said(settings.secret_key())
    assert bool(problem) == bool(said(settings.secret_key()))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"MESSAGES": "pigeon"}, "'pigeon'"),
        ({"MESSAGES": "sms,email"}, "SMARTKAMPUNG_SMS_URL has no {to}"),
        ({"MESSAGES": "smtp"}, "phones cannot be reached"),
        ({"MESSAGES": "smtp", "EMAIL_HOST": "mail.example"}, "SMTP_TLS"),
        ({"MESSAGES": "apprise", "MESSAGES_APPRISE_URL": "json://x/"}, "{to}"),
    ],
)
def test_messages_that_reach_nobody(
    settings_of: Settings, changes: dict[str, str], problem: str
) -> None:
    for name, value in changes.items():
        setattr(settings_of, name, value)
    assert problem in said(settings.messages())


@pytest.mark.parametrize(
    ("site", "hosts", "problem"),
    [
        ("https://kampung.example", ["kampung.example"], ""),
        ("https://a.kampung.example", [".kampung.example"], ""),
        ("https://kampung.example", ["other.example"], "does not hold kampung"),
        ("http://kampung.example", ["kampung.example"], "https://"),
    ],
)
def test_addresses(
    settings_of: Settings, site: str, hosts: list[str], problem: str
) -> None:
    settings_of.SITE_URL, settings_of.ALLOWED_HOSTS = site, hosts
    found = said(settings.addresses())
    assert problem in found
    assert bool(problem) == bool(found)


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("https://satusehat.example/fhir/", True),
        ("http://127.0.0.1:8920/", True),
        ("http://localhost:8920/", True),
        ("http://satusehat.example/fhir/", False),
        ("http://127.0.0.1.example/", False),
        ("https:///fhir/", False),
        ("ftp://localhost/", False),
    ],
)
def test_nobody_reads_health_along(
    settings_of: Settings, url: str, private: bool
) -> None:
    settings_of.FHIR_URL = url
    assert bool(said(settings.exchange())) is not private
    assert (receiver() is not None) is private


def test_without_another_system_nothing_is_told(settings_of: Settings) -> None:
    settings_of.FHIR_URL = ""
    assert said(settings.exchange()) == ""
    assert receiver() is None


def test_a_short_token_for_measurements(settings_of: Settings) -> None:
    settings_of.METRICS_TOKEN = "secret"
    assert "short" in said(settings.measurements())


def test_a_key_file_that_others_can_read(settings_of: Settings, tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    keys.write_bytes((HOME / "keys.json").read_bytes())
    settings_of.KEY_FILE = keys
    keys.chmod(0o600)
    assert said(files.key_file()) == ""
    keys.chmod(0o640)
    assert "chmod 600" in said(files.key_file())


@pytest.mark.parametrize("content", ["", "{}", '{"keys": 3}', "\0\1"])
def test_a_broken_key_file(settings_of: Settings, tmp_path: Path, content: str) -> None:
    keys = tmp_path / "keys.json"
    keys.write_text(content)
    settings_of.KEY_FILE = keys
    assert "cannot be read" in said(files.key_file())


def test_a_missing_key_file(settings_of: Settings, tmp_path: Path) -> None:
    settings_of.KEY_FILE = tmp_path / "nothing.json"
    assert "smartkampung keys new" in said(files.key_file())


def test_uploads_where_everybody_can_fetch_them(settings_of: Settings) -> None:
    settings_of.UPLOADS = Path(settings_of.STATIC_ROOT) / "uploads"
    assert "where everybody can fetch them" in said(files.folders())


class DiskUsage(NamedTuple):
    """What the system says of a disk."""

    total: int
    used: int
    free: int


@pytest.mark.parametrize(
    ("used", "free", "full"), [(78, 24, False), (95, 5, True)], ids=["room", "full"]
)
def test_a_disk_is_nearly_full_by_what_may_be_used(
    monkeypatch: pytest.MonkeyPatch, used: int, free: int, full: bool
) -> None:
    # A hundred and fifty more are kept back for others.
    seen = DiskUsage(used + free + 150, used, free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: seen)
    assert ("nearly full" in said(files.folders())) is full


@pytest.mark.django_db
def test_policies_that_somebody_switched_off() -> None:
    assert said(database.row_level_security()) == ""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE aid_claim NO FORCE ROW LEVEL SECURITY")
        cursor.execute("ALTER TABLE aid_report DISABLE ROW LEVEL SECURITY")
    found = said(database.row_level_security())
    assert "aid_claim" in found
    assert "aid_report" in found
    assert "aid_finding" not in found


@pytest.mark.django_db
def test_the_owner_may_do_too_much() -> None:
    assert "owns tables" in said(database.role())
    assert "UPDATE audit_event" in said(database.append_only())


def test_ledger_and_diaries_are_append_only() -> None:
    assert {"ledger_transfer", "ledger_entry", "audit_event", "audit_access"} <= set(
        append_only_tables()
    )


@pytest.mark.django_db
def test_a_superuser_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with Cluster(HOME / "db", HOME / "s").superuser() as chief:
        monkeypatch.setattr(
            database,
            "_rows",
            lambda query, *values: chief.execute(query, values).fetchall(),
        )
        found = said(database.role())
    for words in ("is a superuser", "passes row-level security by", "can make roles"):
        assert words in found


@pytest.mark.django_db
def test_jobs_that_were_given_up_and_a_queue_without_a_worker() -> None:
    assert said(running.jobs()) == ""
    later("test.stuck")
    ProcrastinateJob.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert "1 jobs were given up" in said(running.jobs())
    assert "smartkampung worker" in said(running.worker())


@pytest.mark.django_db
def test_a_queue_that_does_not_move() -> None:
    later("test.waits")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '1 hour'")
    assert "waits since 60 minutes" in said(running.jobs())


@pytest.mark.django_db
def test_backups_age(settings_of: Settings, tmp_path: Path) -> None:
    settings_of.BACKUP_STAMP = tmp_path / "stamp"
    assert "No base backup" in said(running.backups())
    settings_of.BACKUP_STAMP.touch()
    assert "base backup" not in said(running.backups())
    two_days_ago = time.time() - 2 * 86_400
    os.utime(settings_of.BACKUP_STAMP, (two_days_ago, two_days_ago))
    assert "older than a day" in said(running.backups())


@pytest.mark.django_db
def test_demo_mode_is_never_well(settings_of: Settings) -> None:
    settings_of.DEMO = True
    titles = {result.title for result in run_checks() if result.problems}
    assert "Demo mode" in titles


@pytest.mark.django_db
def test_clocks_agree_here() -> None:
    assert said(running.clock()) == ""


def test_the_program_cannot_rewrite_the_past(deployment: Deployment) -> None:
    """The grants themselves, not what the check says of them."""
    with psycopg.connect(deployment.environment["DATABASE_URL"]) as program:
        for table in append_only_tables():
            for statement in (
                f"DELETE FROM {table}",
                f"TRUNCATE {table}",
                f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    program.execute(statement)
                program.rollback()


@pytest.mark.django_db
def test_a_balance_that_somebody_wrote_past_the_ledger() -> None:
    open_account(code="budget/x", commodity="IDR")
    assert said(database.ledger()) == ""
    Account.objects.update(balance=7)
    assert "budget/x is not the sum of its entries" in said(database.ledger())
