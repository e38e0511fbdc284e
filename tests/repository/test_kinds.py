"""Every kind of work that is put on a list leads to a page where it is done."""

import ast
import importlib
import re
from collections.abc import Iterator
from fnmatch import filter as filter_kinds
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.isolation.monitoring.rules.ladder import DUTIES
from smartkampung.web.aid_staff.kinds import KINDS, SERVICES, label_of, url_of
from tests.repository.tree import ROOT, python
from tests.web.addresses import addresses

OPENERS = {"open_work", "open_all_work"}
OPENED = re.compile(r"open_(all_)?work\(")
LOOKS_LIKE = re.compile(r"^[a-z]+\.[a-z_]+$")
# What opens work by a number, and what by the id that a form made.
TARGETS = ("x:17", "x:0b9b5b1e-5f0c-4c0e-9d59-3d7d7c8a1c11")
# The mechanism itself; and the ladder, whose kinds stand in DUTIES.
APART = {"src/smartkampung/worklist/actions.py"}
# Opened by releases before: such work still waits on lists.
BEFORE = {"pilots.sign"}
# Each made by one line for several offices.
FAMILIES = {"pilots.sign_*", "voice.do_*", "field.review*", "field.ended*"}
# A rule of two people, or the step after one's own: a colleague does it, and only theirs
# is the list on which it stands.
LEFT_TO_OTHERS = {
    *(
        "aid.decide_budget",
        "aid.decide_override",
        "aid.apply_rule",
        "aid.approve_proxy",
    ),
    *(
        "aid.return",
        "aid.confirm_account",
        "aid.decide_publication",
        "aid.approve_count",
    ),
    *("aid.answer_objection", "aid.decide", "aid.decide_again", "aid.decide_list"),
    *("aid.approve_list", "aid.approve_payment", "aid.send_payment"),
    *("guidance.confirm", "residents.export_approval", "residents.correction"),
    *("recovery.open_offer", "recovery.close_offer", "voice.approve_broadcast"),
    *("field.review", "field.review_health", "field.ended", "field.ended_health"),
    # Who asked, confirmed, changed or checked it leaves the next step to somebody else.
    *("letters.confirm", "letters.silent", "letters.check", "letters.review"),
    *("letters.sign", "letters.cosign"),
    "letters.key_ends",  # one's own certificate: no colleague renews it
}
DUTY_KINDS = {duty.kind for duty in DUTIES.values()}


@cache
def text_of(path: Path) -> str:
    """Return a file, read once."""
    return path.read_text()


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a file, parsed once."""
    return ast.parse(text_of(path))


def strings(value: Any) -> set[str]:
    """Return the kinds that a value of a module holds, however deep."""
    if isinstance(value, Permission) or not isinstance(
        value, str | dict | tuple | list
    ):
        return set()
    if isinstance(value, str):
        return {str(value)} if LOOKS_LIKE.match(value) else set()
    parts = [*value, *value.values()] if isinstance(value, dict) else list(value)
    return set().union(*map(strings, parts))


def module_of(path: Path) -> Any:
    """Return a file as Python knows it."""
    name = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
    return importlib.import_module(name.removesuffix(".__init__"))


def mentioned(path: Path, node: ast.AST) -> set[str]:
    """Return every kind that an expression names, in words or by a constant."""
    module = module_of(path)
    found: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Constant):
            found |= strings(part.value)
        elif isinstance(part, ast.Name):
            found |= strings(getattr(module, part.id, None))
    return found


def bound(
    function: ast.FunctionDef, name: str, *, steps: int = 2
) -> Iterator[ast.expr]:
    """Return what a name of a function is taken from: assigned, or looped over."""
    for node in ast.walk(function):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign | ast.For):
            targets = [node.target]
        names = {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
        if name not in names:
            continue
        source = (
            node.iter if isinstance(node, ast.For) else getattr(node, "value", None)
        )
        if source is not None:
            yield source
            for inner in ast.walk(source):
                if isinstance(inner, ast.Name) and steps:
                    yield from bound(function, inner.id, steps=steps - 1)


def openings() -> Iterator[tuple[Path, ast.FunctionDef, ast.expr]]:
    """Return every place where work is opened, and how it names the kind."""
    for path, function, call in calls():
        kind = next(word.value for word in call.keywords if word.arg == "kind")
        yield path, function, kind


def calls() -> Iterator[tuple[Path, ast.FunctionDef, ast.Call]]:
    """Return every call that opens work."""
    for path in python("src"):
        if str(path.relative_to(ROOT)) in APART or not OPENED.search(text_of(path)):
            continue
        for function in ast.walk(tree_of(path)):
            if not isinstance(function, ast.FunctionDef):
                continue
            for call in ast.walk(function):
                if (
                    isinstance(call, ast.Call)
                    and getattr(call.func, "id", "") in OPENERS
                ):
                    yield path, function, call


def told_by_callers(path: Path, name: str) -> set[str]:
    """Return the kinds that callers of a function give it.

    Of a private one, those of its own file.
    """
    found: set[str] = set()
    for other in [path] if name.startswith("_") else python("src"):
        if f"{name}(" not in text_of(other):
            continue
        if getattr(module_of(other), name, None) is not getattr(module_of(path), name):
            continue
        for function in ast.walk(tree_of(other)):
            if not isinstance(function, ast.FunctionDef) or function.name == name:
                continue
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == name:
                    found |= named_in(other, function, call)
    return found


def named_in(path: Path, function: ast.FunctionDef, node: ast.AST) -> set[str]:
    """Return the kinds of an expression, and of what its names were taken from."""
    names = [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
    sources = [source for name in names for source in bound(function, name)]
    return set().union(*(mentioned(path, one) for one in [node, *sources]))


def kinds_of(path: Path, function: ast.FunctionDef, kind: ast.expr) -> set[str]:
    """Return the kinds that an opening may stand for."""
    if ast.unparse(kind) == "rung.kind":
        return DUTY_KINDS
    if found := mentioned(path, kind):
        return found
    name = getattr(kind, "id", "")
    arguments = function.args.args + function.args.kwonlyargs
    if name in {argument.arg for argument in arguments}:
        return told_by_callers(path, function.name)
    return named_in(path, function, kind)


def test_no_work_is_opened_that_leads_nowhere() -> None:
    seen: set[str] = set()
    lost = []
    for path, function, kind in openings():
        found = kinds_of(path, function, kind)
        where = f"{path.relative_to(ROOT)} {function.name}"
        assert found, f"{where}: of what kind?"
        lost += [f"{where}: {one}" for one in found - set(KINDS)]
        seen |= found
    assert not lost, "\n".join(lost)
    assert not set(KINDS) - seen - BEFORE, "nothing opens these any more"


def test_what_is_a_colleagues_to_decide_names_who_must_leave_it() -> None:
    said = set()
    for path, function, call in calls():
        words = {word.arg: word.value for word in call.keywords}
        found = kinds_of(path, function, words["kind"])
        left = ast.unparse(words["not_by"]) if "not_by" in words else ""
        where = f"{path.relative_to(ROOT)} {function.name}"
        if not found & LEFT_TO_OTHERS:
            assert not left, where
        else:
            assert left, where
            said |= found
    assert said >= LEFT_TO_OTHERS


def test_no_service_names_a_kind_of_another() -> None:
    named = [kind for service in SERVICES for kind in service.KINDS]
    assert sorted(named) == sorted(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_its_page_and_whoever_does_it_may_open_it(kind: str) -> None:
    meant = KINDS[kind]
    assert any(url_of(kind, target) for target in TARGETS), "no page takes its target"
    assert label_of(kind) != kind
    page = next(one for one in addresses() if one.name == meant.page)
    may = {role for role in Role if meant.permission in PERMISSIONS[role]}
    assert may, "nobody may do this"
    shut = [role for role in may if page.permission not in PERMISSIONS[role]]
    assert not shut, "who may do this cannot open its page"


def marked() -> Iterator[str]:
    """Return the kinds that some test says to close (``closes``)."""
    for path in python("tests"):
        if "pytest.mark.closes(" not in text_of(path):
            continue
        for function in ast.walk(tree_of(path)):
            for mark in getattr(function, "decorator_list", ()):
                if ast.unparse(mark).startswith("pytest.mark.closes("):
                    yield from (ast.literal_eval(kind) for kind in mark.args)


def test_every_kind_has_a_test_in_which_its_action_closes_it() -> None:
    """Whether it does is asked when that test has run (``tests/conftest.py``).

    Kinds that one line makes for many offices are a family, and one stands for all.
    """
    closed = set(marked())
    assert {kind for kind in closed if not filter_kinds(KINDS, kind)} == set()
    done = {kind for mark in closed for kind in filter_kinds(KINDS, mark)}
    assert {mark for mark in closed if "*" in mark} <= FAMILIES
    assert set(KINDS) - done - BEFORE == set(), "mark a test: pytest.mark.closes"
