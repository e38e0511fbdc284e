"""Small functions, small files, few exceptions to the rules."""

import re

from tests.repository.tree import ROOT, committed, functions, python

LONGEST_FUNCTION, NINE_OF_TEN = 60, 30
LONGEST_FILE = 400
SUPPRESSIONS = 10
SUPPRESSION = re.compile(
    r"#\s*(?:noqa|type:\s*ignore|pragma:\s*no|nosec|fmt:\s*off|ruff:\s*noqa)\b(.*)"
)
REASON = re.compile(r"[a-z]{3,} [a-z]{2,}", re.IGNORECASE)
SOURCES = ("src", "tests", "bench")


def test_no_function_is_long() -> None:
    everything = list(functions(*SOURCES))
    assert len(everything) > 1000
    long = [
        f"{f.place} {f.name}: {f.lines} lines"
        for f in everything
        if f.lines > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_nine_of_ten_functions_are_short() -> None:
    lengths = sorted(f.lines for f in functions("src"))
    assert lengths[len(lengths) * 9 // 10] <= NINE_OF_TEN


def test_no_file_is_long() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in python(*SOURCES)
        if (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    ]
    assert not long, "\n".join(long)


def test_suppressions_are_few_and_give_a_reason() -> None:
    found = [
        (f"{path.relative_to(ROOT)}:{number}", match[1])
        for path in python(*SOURCES)
        if path.name != "test_shape.py"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if (match := SUPPRESSION.search(line))
    ]
    without = [place for place, rest in found if not REASON.search(rest)]
    assert not without, f"no reason given: {without}"
    assert len(found) <= SUPPRESSIONS, "\n".join(place for place, _ in found)


def test_no_name_of_a_package_registry_is_committed() -> None:
    # Written apart, so that this very file holds none.
    hosts = re.compile(
        "|".join(
            re.escape(".".join(parts))
            for parts in (
                ("pypi", "org"),
                ("pythonhosted", "org"),
                ("registry", "npmjs"),
                ("crates", "io"),
                ("conda", "anaconda"),
            )
        )
    )
    guilty = [
        str(path.relative_to(ROOT))
        for path in committed()
        if hosts.search(path.read_text(errors="replace"))
    ]
    assert not guilty


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils.py", "helpers.py", "misc.py", "common.py"}
    found = [str(p.relative_to(ROOT)) for p in python("src") if p.name in drawers]
    assert not found
