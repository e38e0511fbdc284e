"""The ``smartkampung`` command.

Supervising commands (demo, serve) never load Django: they start the parts that do, and
must stay small and alive. The other commands load it first, because their modules
lean on tables and settings.
"""

import os
import sys

import django
import psycopg
import typer
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.utils.module_loading import import_string
from rich.console import Console

from smartkampung.cli import demo, serve
from smartkampung.cli.beside import look_at_demo
from smartkampung.cli.environment import act_as_owner, home
from smartkampung.cli.trouble import Trouble, disk_full, is_full, trouble_of
from smartkampung.kernel.orphan import end_with_parent

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
app.command()(demo.demo)
app.command()(serve.serve)
SUPERVISING = {"demo", "serve"}
OF_THE_OWNER = {"migrate", "prepare-demo", "tell-beside"}


def main() -> None:
    """Run one command; tell what an operator can mend in a sentence, exit code 1."""
    try:
        _with_all_commands()
        app(prog_name=os.environ.get("SMARTKAMPUNG_PROGRAM", "smartkampung"))
    except Trouble as trouble:
        _tell(str(trouble))
    except OSError as error:
        _tell(str(trouble_of(error, home())))
    except (ImproperlyConfigured, ValueError) as error:
        if not _is_configuration(error):
            raise
        _tell(str(error))
    except (DatabaseError, psycopg.Error) as error:
        _tell(_about_database(error))


def _with_all_commands() -> None:
    word = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    if word in SUPERVISING:
        return
    end_with_parent()
    look_at_demo(word)
    if word in OF_THE_OWNER:
        act_as_owner()
    if word != "worker":
        os.environ.setdefault("SMARTKAMPUNG_LOG_LEVEL", "WARNING")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartkampung.config.settings")
    django.setup()
    import_string("smartkampung.cli.commands.add_to")(app)


def _is_configuration(error: Exception) -> bool:
    return isinstance(error, ImproperlyConfigured) or "DATABASE_URL" in str(error)


def _about_database(error: Exception) -> str:
    said = " ".join(str(error).split())
    state = getattr(error, "sqlstate", None) or getattr(
        error.__cause__, "sqlstate", None
    )
    if state == "53100":
        return "The disk of the database is full. Free some space and retry."
    if state == "42501":
        return f"The database refuses: {said}. See docs/how-to/operate.md about the two roles."
    if state is None and is_full(home()):
        # An embedded server falls over then, and cannot say why any more.
        return str(disk_full(home()))
    if state is None:
        return f"Cannot reach the database. Is DATABASE_URL right? {said}"
    raise error


def _tell(sentence: str) -> None:
    Console(stderr=True).print(
        sentence, style="red", markup=False, highlight=False, soft_wrap=True
    )
    sys.exit(1)
