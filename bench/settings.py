"""The settings of the program, and one more address: an empty page for staff."""

from smartkampung.config import settings as real

globals().update({name: getattr(real, name) for name in dir(real) if name.isupper()})
ROOT_URLCONF = "bench.urls"
# Clients of a benchmark say from where they come, as a proxy of ours would.
PROXIES = 1
