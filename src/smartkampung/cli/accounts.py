"""``smartkampung accounts``: the first administrator of a deployment.

Django must be set up before this module is imported; ``cli.main`` sees to it.
"""

import re
from getpass import getuser
from typing import Annotated

import typer
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import override
from rich.console import Console

from smartkampung.accounts.actions.invitations import LIVES, invite_first_admin
from smartkampung.accounts.queries.administration import administrators
from smartkampung.cli.trouble import Trouble
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.regions.queries import regency

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,29}")

app = typer.Typer(no_args_is_help=True, help="Accounts of staff.")
out = Console(soft_wrap=True, highlight=False)


@app.callback()
def _accounts() -> None:
    """Keep ``create-admin`` a word of its own while it is the only command."""


@app.command("create-admin")
def create_admin(
    username: Annotated[str, typer.Argument(help="Small letters, such as dewi.")],
    full_name: Annotated[str, typer.Argument(help="As colleagues read it.")],
    email: Annotated[str, typer.Option(help="Also send the link there.")] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help="Even where an administrator exists.")
    ] = False,
) -> None:
    """Make the first administrator, and print the link that opens the account once."""
    _check(username, full_name, email)
    here = regency()
    if here is None:
        raise Trouble(
            "No regency is loaded yet. First run: smartkampung regions load FOLDER"
        )
    present = administrators(on=today())
    if present and not yes:
        raise Trouble(
            f"There is an administrator already: {', '.join(present)}. They can invite"
            " others at /staff/accounts/. To make one all the same, add --yes."
        )
    try:
        staff, link = invite_first_admin(
            username=username,
            full_name=full_name.strip(),
            email=email,
            region=here.code,
            by=f"cli:{getuser()}",
            at=now(),
        )
    except Refused as refusal:
        with override("en"):
            raise Trouble(str(refusal.message)) from None
    hours = int(LIVES.total_seconds() // 3600)
    out.print(f"{staff.username} may administer {here.name}. Open this link once,")
    out.print(f"within {hours} hours, choose a password and set up the second step:")
    out.print(settings.SITE_URL + reverse("invitation", args=[link]), markup=False)


def _check(username: str, full_name: str, email: str) -> None:
    if not USERNAME.fullmatch(username):
        raise Trouble(
            "A username has 3 to 30 small letters, digits, dots or dashes, such as"
            " dewi.anggraini."
        )
    if not 0 < len(full_name.strip()) <= 150:
        raise Trouble("Write the full name, at most 150 letters.")
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise Trouble("This is no e-mail address: name@example.org.") from None
