"""The settings of the program, and one more address: an empty page for staff."""

from smartkampung.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
