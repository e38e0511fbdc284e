"""``python -m smartkampung.cli`` is the ``smartkampung`` command."""

from smartkampung.cli.main import main

main()
