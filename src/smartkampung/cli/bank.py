"""``smartkampung bank-simulator``: a bank over a folder, to try payments. Never a real one."""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from smartkampung.aid.payments.rules.files import BadFile
from smartkampung.aid.payments.simulator import Bank
from smartkampung.cli.trouble import Trouble, plain_words
from smartkampung.kernel.clock import now

out = Console(soft_wrap=True)


def bank_simulator(
    folder: Annotated[Path, typer.Argument(help="Files go to in/, answers to out/.")],
    seconds: Annotated[float, typer.Option(help="Between two looks.")] = 3.0,
    steps: Annotated[int, typer.Option(help="Stop after so many; 0 never.")] = 0,
) -> None:
    """Play a bank over a folder: it answers partly, late and twice. It is no bank."""
    out.print("SIMULATOR, no bank: no money moves.", style="yellow")
    bank, done = Bank(folder), 0
    while True:
        try:
            with plain_words(folder):
                told = bank.step(now())
        except BadFile as bad:
            where = ", ".join(f"{each.fault} {each.element}" for each in bad.problems)
            raise Trouble(
                f"A file in {folder}/in is neither pain.001 nor camt.055: {where}."
            ) from None
        for line in told:
            out.print(line, highlight=False, markup=False)
        done += 1
        if done == steps:
            return
        time.sleep(seconds)
