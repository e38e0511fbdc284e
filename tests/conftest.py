"""What every test may lean on."""

from smartkampung.kernel.sealed import write_new_keys
from tests.database import HOME

if not (HOME / "keys.json").exists():
    write_new_keys(HOME / "keys.json")
