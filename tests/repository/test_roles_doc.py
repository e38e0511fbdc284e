"""docs/roles.md says what roles.py grants: the table is compared cell by cell."""

from pathlib import Path

from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.accounts.rules import LEVELS

DOC = Path(__file__).parents[2] / "docs" / "roles.md"


def rows() -> list[str]:
    """Return the two tables as they must stand in the document."""
    table = ["| role | stands over |", "|---|---|"]
    table += [f"| `{role}` | {', '.join(sorted(LEVELS[role]))} |" for role in Role]
    table += ["", "| permission | roles |", "|---|---|"]
    for permission in Permission:
        held = [f"`{role}`" for role in Role if permission in PERMISSIONS[role]]
        all_of_them = len(held) == len(Role)
        table.append(
            f"| `{permission}` | {'every role' if all_of_them else ', '.join(held)} |"
        )
    return table


def test_the_document_says_what_the_code_grants() -> None:
    assert "\n".join(rows()) in DOC.read_text(), "\n".join(rows())
