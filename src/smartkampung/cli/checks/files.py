"""Files and folders of a deployment."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from smartkampung.kernel.sealed import read_keys

LEAST_FREE = 0.1


def key_file() -> Iterator[str]:
    """Find keys that are missing, broken, or readable by others."""
    path = Path(settings.KEY_FILE)
    try:
        read_keys(path)
    except ImproperlyConfigured as error:
        yield str(error)
        return
    except (OSError, LookupError, AttributeError, TypeError, ValueError) as error:
        yield f"The key file {path} cannot be read ({type(error).__name__})."
        return
    facts = path.stat()
    if facts.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield f"Others can read the key file. Run: chmod 600 {path}"
    if path.resolve().is_relative_to(Path(settings.STATIC_ROOT).resolve()):
        yield f"The key file {path} lies where the web server serves files. Move it."


def folders() -> Iterator[str]:
    """Find folders that cannot be used, or that the web server would show."""
    uploads, static = Path(settings.UPLOADS), Path(settings.STATIC_ROOT)
    if not (static / "staticfiles.json").exists():
        yield f"{static} holds no style sheets. Run: smartkampung migrate"
    nearest = next(p for p in (uploads, *uploads.parents) if p.exists())
    if not os.access(nearest, os.W_OK):
        yield f"Photos cannot be stored: {nearest} is not writable."
    if uploads.resolve().is_relative_to(static.resolve()):
        yield "Uploads lie below the static files, where everybody can fetch them."
    usage = shutil.disk_usage(nearest)
    # As df counts: what is kept back for others is room that we never had.
    if usage.free < (usage.used + usage.free) * LEAST_FREE:
        yield f"The disk of {nearest} is nearly full: {usage.free // 10**6} MB are free."
