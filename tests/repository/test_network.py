"""No test reaches beyond this machine."""

import socket

import pytest

DOCUMENTATION = "192.0.2.1"  # an address that belongs to nobody (RFC 5737)


def test_other_machines_are_out_of_reach() -> None:
    # pytest-socket warns before it raises, and warnings are errors here.
    blocked = pytest.raises(UserWarning, match=DOCUMENTATION)
    with socket.socket() as probe, blocked:
        probe.connect((DOCUMENTATION, 80))


def test_this_machine_is_in_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=2).close()
