"""The source tree as the repository tests look at it."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Function:
    """One function and how many lines it takes."""

    place: str
    name: str
    lines: int


def committed() -> list[Path]:
    """Return every file that is, or would be, committed."""
    listed = subprocess.run(
        ["/usr/bin/git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def python(*folders: str) -> list[Path]:
    """Return the Python files of some folders, without generated migrations."""
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def functions(*folders: str) -> Iterator[Function]:
    """Return every function of some folders."""
    for path in python(*folders):
        yield from functions_in(path)


@cache
def functions_in(path: Path) -> tuple[Function, ...]:
    """Return every function of a file; each file is parsed once."""
    here = path.relative_to(ROOT)
    return tuple(
        Function(
            place=f"{here}:{node.lineno}",
            name=node.name,
            lines=(node.end_lineno or node.lineno) - node.lineno + 1,
        )
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
