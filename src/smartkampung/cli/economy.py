"""``smartkampung economy``: bring in real figures of long periods, with their sources.

Django must be set up before this module is imported; ``cli.main`` sees to it.
"""

from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from smartkampung.recovery.economy.actions.loading import load_known

app = typer.Typer(no_args_is_help=True, help="Real figures of the economy.")
out, err = Console(), Console(stderr=True)
UNUSABLE = 2
File = Annotated[Path, typer.Argument(help="CSV with the columns of known.csv.")]


@app.callback()
def _group() -> None:
    """Keep this a group, though it has one command."""


@app.command("load-known")
def load(file: File) -> None:
    """Load the figures of a file; a second time changes nothing."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
        count = load_known(lines, by=f"cli:{getuser()}")
    except (OSError, UnicodeDecodeError):
        err.print(f"Cannot read {file}.", markup=False)
        raise typer.Exit(UNUSABLE) from None
    except (KeyError, ValueError, ArithmeticError) as error:
        err.print(f"A line of {file} is not as in known.csv: {error}", markup=False)
        raise typer.Exit(UNUSABLE) from None
    out.print(f"figures: {count}")
