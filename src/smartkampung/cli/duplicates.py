"""``smartkampung duplicates``: find records that may be of one person.

The heavy libraries are loaded when a command runs, and not with the program.
"""

import json
from getpass import getuser
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.module_loading import import_string
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from smartkampung.demo.doubled import DoubledRegency
from smartkampung.duplicates.rules.weights import FILE, read_model
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused

app = typer.Typer(no_args_is_help=True, help="Records that may be of one person.")
out, err = Console(), Console(stderr=True)
SEARCH = "smartkampung.duplicates.linkage.run.search_registry"
TRAIN = "smartkampung.duplicates.linkage.train.trained_odds"
TABLE = "smartkampung.duplicates.linkage.table.table_of"
DOING = {
    "read": "people read",
    "compare": "people being compared",
    "propose": "pairs proposed",
}


@app.command("run")
def run(
    model: Annotated[
        Path | None, typer.Option(help="Weights to use in place of those shipped.")
    ] = None,
) -> None:
    """Search the whole registry; new pairs go to the lists of the officers."""
    spinner = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*spinner, console=err) as progress:
        task = progress.add_task("Starting")

        def tell(doing: str, count: int) -> None:
            progress.update(task, description=f"{count:,} {DOING[doing]}")

        try:
            found = import_string(SEARCH)(
                by=f"cli:{getuser()}",
                at=now(),
                tell=tell,
                model=read_model(model) if model else None,
            )
        except Refused as refusal:
            err.print(str(refusal.message), style="red", markup=False)
            raise typer.Exit(1) from None
    out.print(f"people: {found.people}, pairs: {found.pairs}, new: {found.proposed}")


@app.command("train")
def train(
    file: Annotated[Path, typer.Argument(help="Where to write the weights.")],
    people: Annotated[int, typer.Option(help="Made-up people to train on.")] = 300_000,
    seed: Annotated[int, typer.Option(help="Which made-up people.")] = 77,
    strangers: Annotated[float, typer.Option(help="Random pairs to look at.")] = 2e7,
) -> None:
    """Train the weights anew, on made-up people of whom some are registered twice."""
    regency = DoubledRegency(people, seed=seed, share=0.05)
    with err.status("Making people"):
        table = import_string(TABLE)(regency.facts())
    with err.status("Training"):
        odds = import_string(TRAIN)(
            table, regency.truth(), strangers=strangers, seed=seed
        )
    trained = {
        "on": "made-up people, some of them registered twice in ten ways",
        "people": people,
        "doubles": len(regency.truth()),
        "seed": seed,
        "random_pairs": int(strangers),
        "by": "smartkampung duplicates train (Splink 5)",
    }
    file.write_text(json.dumps(_content(odds, trained), indent=1) + "\n")
    out.print(f"Weights written to {file}. Measure them with: ./run bench duplicates")


def _content(odds: dict[str, Any], trained: dict[str, Any]) -> dict[str, Any]:
    """Return a model file: what was chosen by hand is kept from the one shipped."""
    kept: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    version = f"{today().isoformat()}.{trained['seed']}"
    return {**kept, "version": version, "trained": trained, "odds": odds}
