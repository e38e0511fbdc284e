"""``./run demo``: a whole regency to play with, from nothing, by one command."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from smartkampung.cli.environment import home
from smartkampung.cli.registry import asking, simulated
from smartkampung.cli.serve import web
from smartkampung.cli.site import Site
from smartkampung.cli.supervise import Part, Supervisor, need_free_port, python
from smartkampung.cli.trouble import Trouble, plain_words

PEOPLE = 60_000
SEED = 35_10

out = Console(soft_wrap=True)


def demo(
    *,
    people: Annotated[
        int, typer.Option(min=2_000, help="How many residents.")
    ] = PEOPLE,
    seed: Annotated[int, typer.Option(help="The same seed, the same people.")] = SEED,
    port: Annotated[int, typer.Option(min=1, max=65_535)] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    time_travel: Annotated[
        int, typer.Option(min=0, help="Move the demo's clock on, by so many days.")
    ] = 0,
    reset: Annotated[bool, typer.Option("--reset", help="Begin anew.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Run a regency of made-up people, with accounts for every role."""
    site = Site(home() / "demo", host, port)
    need_free_port(host, port)
    with plain_words(site.place), site.alone():
        if reset:
            _reset(site, yes)
        site.need_space(people)
        if time_travel:
            site.travel(time_travel)
        civil_registry = simulated(site)
        environment = {**site.environment(), **asking(civil_registry)}
        pages = web(host, port, 0, environment, site.place / "web.log")
        jobs = Part(
            "worker",
            python("smartkampung.cli", "worker"),
            environment,
            site.place / "worker.log",
        )
        supervisor = Supervisor([pages, jobs, civil_registry])
        try:
            _open(site, supervisor, people, seed)
            _welcome(json.loads(site.ready.read_text()), people, site)
            supervisor.watch()
            out.print("\nStopping ...")
        finally:
            supervisor.stop()
            site.stop_database()


def _open(site: Site, supervisor: Supervisor, people: int, seed: int) -> None:
    pages, jobs, civil_registry = supervisor.parts
    if site.prepared():
        pages.start()  # loads while the database starts
    site.start_database()
    if pages.process is None:
        made = preparation(site, people, seed)
        supervisor.finish(made, beside=static_files(site))
        site.remember_prepared()
        pages.start()
    supervisor.wait_until_open(site.host, site.port)
    civil_registry.start()
    jobs.start()


def preparation(site: Site, people: int, seed: int) -> Part:
    """Return the part that fills the empty database of a site, or brings it up to date."""
    options = ["--people", str(people), "--seed", str(seed)]
    command = python("smartkampung.cli", "prepare-demo", *options)
    # Its history ends today; from there the demo travels.
    today = {**site.environment(), "SMARTKAMPUNG_TIME_TRAVEL": "0"}
    return Part("preparation", command, today)


def static_files(site: Site) -> Part:
    """Return the part that gathers the static files on the other processor.

    Its words go nowhere: the preparation does the same afterwards, and tells.
    """
    command = python("smartkampung.cli", "site-files")
    return Part("static files", command, site.environment(), site.place / "files.log")


def _reset(site: Site, yes: bool) -> None:
    question = f"Delete the demo in {site.place}, with all that was entered?"
    if not yes and not typer.confirm(question):
        raise Trouble("Nothing was deleted.")
    site.clear()


def _welcome(facts: dict[str, Any], people: int, site: Site) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("Account", "Role", "Place"):
        table.add_column(heading, style="bold" if heading == "Account" else "")
    for row in facts["accounts"]:
        table.add_row(*row)
    address = f"http://localhost:{site.port}"
    out.print()
    if facts["people"] != people:
        out.print(
            f"[bold yellow]This demo was made earlier, with {facts['people']} people."
            f" To begin anew with {people}, add --reset.[/bold yellow]"
        )
    if facts.get("older"):
        out.print(
            "[bold yellow]This demo was made by an older version; some of what is new has"
            " nothing to show in it. To begin anew, add --reset.[/bold yellow]"
        )
    out.print(f"Smart Kampung is open:  [bold]{address}[/bold]")
    out.print(table)
    out.print(f"Password of every account: [bold]{facts['password']}[/bold]")
    out.print(f"Code for the second step, and messages to phones: {address}/demo/")
    out.print(f"(or add this key to an authenticator app: {facts['secret']})")
    if site.days_ahead:
        out.print(f"The clock of this demo is {site.days_ahead} days ahead.")
    out.print(f"Data and logs: {site.place}.  Ctrl-C stops everything.")
