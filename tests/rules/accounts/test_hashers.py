"""The price of a password, which tests do not pay (tests/conftest.py)."""

import runpy

from smartkampung.accounts import hashers


def test_a_password_costs_what_owasp_asks() -> None:
    # The module as it is written: the class in memory was made cheap for the tests.
    real = runpy.run_path(hashers.__file__)["Argon2"]()
    kept = real.encode("kopi-pagi-di-kaki-ijen", real.salt())
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
