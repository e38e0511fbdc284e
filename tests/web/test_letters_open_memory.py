"""What only shows pages does not load what signs."""

import subprocess
import sys

WEB = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "smartkampung.config.settings"
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
heavy = [name for name in ("pyhanko", "asn1crypto", "pyhanko_certvalidator") if name in sys.modules]
print(heavy)
"""


def test_a_web_process_starts_without_pyhanko() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WEB], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
