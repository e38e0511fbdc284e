"""The civil registry of a demo: the simulator, as one more part that runs beside."""

import socket
from collections.abc import Mapping

from smartkampung.cli.site import Site
from smartkampung.cli.supervise import Part, python
from smartkampung.identity.simulator import KNOCK, PKS

HOST = "127.0.0.1"


def simulated(site: Site) -> Part:
    """Return the simulator as a part, on a port that is free just now."""
    journal = site.place / "identity.jsonl"
    port = _free_port()
    options = ["--host", HOST, "--port", str(port), "--journal", str(journal)]
    command = python("smartkampung.identity.simulator", *options)
    told = {"SMARTKAMPUNG_IDENTITY_URL": f"http://{HOST}:{port}"}
    return Part("identity simulator", command, told, site.place / "identity.log")


def asking(simulator: Part) -> Mapping[str, str]:
    """Return what tells web and worker to ask a simulator."""
    return {
        **simulator.environment,
        "SMARTKAMPUNG_IDENTITY_TOKEN": KNOCK,
        "SMARTKAMPUNG_IDENTITY_PKS": PKS,
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
