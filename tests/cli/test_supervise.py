"""The supervisor ends by Ctrl-C, also where a shell told its job to ignore it."""

import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow
WATCH = """
from smartkampung.cli.supervise import Supervisor
supervisor = Supervisor([])
print("up", flush=True)
supervisor.watch()
print("ended", flush=True)
"""


def test_a_job_in_the_background_ends_by_the_signal_of_ctrl_c() -> None:
    # As a shell without job control starts it: with SIGINT ignored from the beginning.
    command = f"trap \"\" INT; exec {sys.executable} -c '{WATCH}'"
    with subprocess.Popen(["/bin/sh", "-c", command], stdout=subprocess.PIPE) as job:
        assert job.stdout is not None
        assert job.stdout.readline() == b"up\n"
        job.send_signal(signal.SIGINT)
        assert job.stdout.readline() == b"ended\n"
        assert job.wait(10) == 0
