"""A device is named as its owner would name it."""

import pytest

from smartkampung.web.core.devices import device_name

CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/127.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (CHROME, "Chrome, Android"),
        (CHROME + " SamsungBrowser/25", "Samsung Internet, Android"),
        (CHROME + " OPR/80", "Opera, Android"),
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/127 Safari/537 Edg/127",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0", "Firefox, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17) CriOS/127 Safari", "Chrome, iPhone"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Version/17 Safari/605",
            "Safari, Mac",
        ),
        ("curl/8.5", "curl/8.5"),
        ("x" * 100, "x" * 40),
        ("", ""),
    ],
)
def test_names(said: str, name: str) -> None:
    assert device_name(said) == name
