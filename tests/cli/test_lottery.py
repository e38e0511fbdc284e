"""A stranger draws the lots of a published list again."""

from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from smartkampung.cli.lottery import lottery
from smartkampung.recovery.targeting.rules.lots import drawn

SEED = "dadu 4 2 6"
NUMBERS = [(1, "12"), (1, "7"), (1, "31"), (2, "5")]


def listed(folder: Path, rows: list[tuple[int, str]]) -> Path:
    """Write a list as it is published, with places in this order."""
    file = folder / "lottery.csv"
    lines = [f"{tier},{number},{at}" for at, (tier, number) in enumerate(rows, 1)]
    file.write_text("\n".join(["tier,number,place", *lines]) + "\n")
    return file


def draw(file: Path, seed: str = SEED) -> Result:
    app = Typer()
    app.command()(lottery)
    return CliRunner().invoke(app, [str(file), "--seed", seed])


def test_the_places_of_a_true_list_are_found_again(tmp_path: Path) -> None:
    answer = draw(listed(tmp_path, drawn(SEED, NUMBERS)))
    assert (answer.exit_code, "All 4 places" in answer.output) == (0, True)


def test_a_list_that_was_tampered_with_is_told(tmp_path: Path) -> None:
    first, second, *rest = drawn(SEED, NUMBERS)
    answer = draw(listed(tmp_path, [second, first, *rest]))
    assert answer.exit_code == 1
    assert "2 of 4 places differ" in answer.output


@pytest.mark.parametrize(
    "content",
    ["", "a,b\n1,2\n", "tier,number,place\nx,1,1\n", "tier,number,place\n1\n"],
)
def test_what_is_no_list_is_told(tmp_path: Path, content: str) -> None:
    file = tmp_path / "x.csv"
    file.write_text(content)
    assert draw(file).exit_code == 2
    assert draw(tmp_path / "none.csv").exit_code == 2
