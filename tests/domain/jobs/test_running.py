"""Jobs: promised with the change, done once, noted when they fail."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.testing import InMemoryConnector

from smartkampung.audit.actions import record
from smartkampung.audit.models import Event
from smartkampung.jobs.inline import run_waiting
from smartkampung.jobs.registry import WORK, run_once
from smartkampung.kernel.clock import now
from smartkampung.kernel.later import later
from smartkampung.kernel.models import JobNote
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.models import Message
from smartkampung.worklist.models import WorkItem


class Trouble(Exception):
    """Something that goes wrong once."""


def write_down(word: str) -> None:
    record("test.ran", target=Message(pk=1), by="job", word=word)


def words() -> list[str]:
    return [event.detail["word"] for event in Event.objects.order_by("pk")]


@pytest.fixture(autouse=True)
def _jobs() -> Iterator[None]:
    before = dict(WORK)
    WORK["test.write"] = write_down
    yield
    WORK.clear()
    WORK.update(before)


@pytest.mark.django_db
def test_a_job_of_a_transaction_that_is_undone_never_existed() -> None:
    with transaction.atomic():
        later("test.write", word="never")
        transaction.set_rollback(True)
    assert run_waiting() == 0


@pytest.mark.django_db
def test_a_promise_made_by_a_worker_stands_or_falls_with_its_job() -> None:
    own = InMemoryConnector()
    with app.replace_connector(own):
        with transaction.atomic():
            later("test.write", word="never")
            transaction.set_rollback(True)
        later("test.write", word="kept")
        assert not own.jobs  # which others would see before the commit
    assert run_waiting() == 1
    assert words() == ["kept"]


@pytest.mark.django_db
def test_jobs_run_in_order_with_those_that_they_defer() -> None:
    def begin() -> None:
        write_down("first")
        later("test.write", word="third")

    WORK["test.begin"] = begin

    later("test.begin")
    later("test.write", word="second")
    assert run_waiting() == 3
    assert words() == ["first", "second", "third"]
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.django_db
def test_a_job_waits_for_its_time() -> None:
    later("test.write", at=now() + timedelta(hours=1), word="later")
    assert run_waiting() == 0


@pytest.mark.django_db
def test_the_same_work_is_promised_once_while_it_waits() -> None:
    later("test.write", once="one", word="a")
    later("test.write", once="one", word="b")
    assert run_waiting() == 1
    assert words() == ["a"]


@pytest.mark.django_db
def test_an_unknown_job_is_named() -> None:
    later("test.nobody_knows")
    with pytest.raises(LookupError, match=r"test\.nobody_knows"):
        run_waiting()


@pytest.mark.django_db
def test_a_job_acts_as_a_job_and_gives_the_actor_back() -> None:
    seen: list[str] = []

    def actor() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('sk.actor', true)")
            return str(cursor.fetchone()[0])

    def look() -> None:
        seen.append(actor())

    WORK["test.look"] = look

    act_as(Kind.PUBLIC, tracking=b"code")
    later("test.look")
    run_waiting()
    assert (seen, actor()) == (["job"], "public")


@pytest.mark.django_db
def test_a_failed_job_leaves_nothing_but_a_note_without_what_people_typed() -> None:
    def fail() -> None:
        write_down("half done")
        raise Trouble("NIK 3510091203850001")

    WORK["test.fail"] = fail

    later("test.fail")
    with pytest.raises(Trouble):
        run_waiting()
    assert words() == []
    note = JobNote.objects.get()
    assert (note.error, note.done_at) == ("Trouble", None)


@pytest.mark.django_db
def test_the_note_names_the_broken_promise() -> None:
    def break_promise() -> None:
        WorkItem.objects.create(
            kind="k",
            target="t",
            permission="p",
            region_code="35",
            opened_at=now(),
            due_at=now(),
            closed_by="nobody closed it",
        )

    WORK["test.break"] = break_promise

    later("test.break")
    with pytest.raises(Exception, match="work_item_closed_by_somebody"):
        run_waiting()
    assert JobNote.objects.get().error == "IntegrityError: work_item_closed_by_somebody"


@pytest.mark.django_db
def test_a_worker_killed_after_the_commit_does_not_make_it_run_twice() -> None:
    later("test.write", word="once")
    waiting = ProcrastinateJob.objects.get()
    run_once(waiting.pk, waiting.task_name, waiting.args)  # killed before telling
    run_waiting()
    assert words() == ["once"]


@pytest.mark.django_db
def test_a_job_that_failed_may_be_done_later() -> None:
    later("test.write", word="at last")
    waiting = ProcrastinateJob.objects.get()
    JobNote.objects.create(job=waiting, failed_at=now(), error="OSError")
    run_waiting()
    assert words() == ["at last"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_job_do_it_once() -> None:
    later("test.write", word="once")
    waiting = ProcrastinateJob.objects.get()
    gate = Barrier(4)

    def work() -> None:
        gate.wait()
        run_once(waiting.pk, waiting.task_name, waiting.args)
        connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert words() == ["once"]


@pytest.mark.django_db
def test_job_note_goes_with_its_job() -> None:
    later("test.write", word="x")
    waiting = ProcrastinateJob.objects.get()
    run_once(waiting.pk, waiting.task_name, waiting.args)
    assert JobNote.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [waiting.pk])
    assert JobNote.objects.count() == 0
