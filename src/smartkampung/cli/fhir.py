"""``smartkampung fhir-export``: one stay as a FHIR bundle in a file."""

import getpass
import json
from pathlib import Path
from typing import Annotated

import typer
from django.db import transaction
from rich.console import Console

from smartkampung.cli.trouble import Trouble, plain_words
from smartkampung.isolation.exchange.actions.send import export
from smartkampung.isolation.exchange.checking import faults
from smartkampung.isolation.models import Stay
from smartkampung.kernel.rls import Kind, act_as

out = Console(soft_wrap=True)


def export_stay(
    stay: Annotated[int, typer.Argument(help="The number of the stay.")],
    file: Annotated[Path, typer.Argument(help="Where the bundle goes.")],
    reason: Annotated[str, typer.Option(help="Why; it is written down.")],
) -> None:
    """Write one stay to a file as a FHIR R4 bundle, and who did it to the diary."""
    if not file.parent.is_dir():
        raise Trouble(f"There is no folder {file.parent}. Make it, or name another.")
    with transaction.atomic(), plain_words(file):
        act_as(Kind.JOB)
        found = Stay.objects.filter(pk=stay).first()
        if found is None:
            raise Trouble(f"There is no stay {stay}.")
        told = export(found, by=f"os:{getpass.getuser()}", reason=reason[:200])
        wrong = faults(told)
        if wrong:
            raise Trouble("The bundle would be no FHIR: " + "; ".join(wrong))
        file.touch(mode=0o600)
        file.chmod(0o600)  # it may be there already
        file.write_text(json.dumps(told, indent=1))
    out.print(f"{len(told['entry'])} resources are in {file}.", highlight=False)
