"""Every promise of the database is written down, and a test bears its name."""

from tests.repository.invariants import listed, promises
from tests.repository.tree import functions


def test_promises_are_found() -> None:
    names = {promise.name for promise in promises()}
    assert {"message_queued_once", "job_note_goes_with_its_job"} <= names
    assert {"event_append_only", "entries_sum_to_zero"} <= names


def test_every_promise_has_a_test_that_bears_its_name() -> None:
    tests = {function.name for function in functions("tests")}
    missing = [
        f"{promise.name} ({promise.model})"
        for promise in promises()
        if not any(
            name == f"test_{promise.name}" or name.startswith(f"test_{promise.name}_")
            for name in tests
        )
    ]
    assert not missing, "\n".join(missing)


def test_every_promise_stands_in_the_list_and_no_other() -> None:
    names, lines = {promise.name for promise in promises()}, listed()
    assert not names - set(lines), "run: python -m tests.repository.invariants"
    assert not set(lines) - names, "the list names promises that are gone"
    empty = [name for name, line in lines.items() if line.rstrip().endswith(":")]
    assert not empty, f"say in words what is promised: {empty}"
