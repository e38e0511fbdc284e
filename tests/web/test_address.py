"""Where a request comes from: what our own proxies say, and nothing that anybody writes."""

import pytest
from django.conf import LazySettings
from django.test import RequestFactory

from smartkampung.kernel.address import client_address
from smartkampung.web.limits import who_asks

PROXY = "10.0.0.2"


def asked(peer: str, forwarded: str | None = None) -> tuple[str | None, str]:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer)
    return client_address(request), who_asks(request)


def test_without_proxies_what_is_forwarded_is_not_believed() -> None:
    assert asked("203.0.113.7", "198.51.100.1") == ("203.0.113.7", "203.0.113.7")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        (2, "1.1.1.1, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", PROXY),
        (1, "nonsense", None),
        (1, None, None),
    ],
)
def test_only_our_own_proxies_are_believed(
    settings: LazySettings, proxies: int, forwarded: str | None, address: str | None
) -> None:
    settings.PROXIES = proxies
    assert asked(PROXY, forwarded)[0] == address


def test_two_people_of_ipv4_are_two_on_a_server_of_both_kinds() -> None:
    assert asked("::ffff:203.0.113.7")[1] == "203.0.113.7"
    assert asked("::ffff:203.0.113.8")[1] == "203.0.113.8"


def test_a_network_of_ipv6_is_one() -> None:
    assert asked("2001:db8::1")[1] == asked("2001:db8::ffff")[1]
    assert asked("2001:db8::1")[1] != asked("2001:db8:0:1::1")[1]
