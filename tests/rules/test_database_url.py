"""What the operator's DATABASE_URL becomes."""

import pytest

from smartkampung.kernel import env


def test_a_socket_and_a_role_are_read_from_the_address() -> None:
    found = env.database("postgresql://sk_app:a%2Fb@/kampung?host=/run/pg&port=5433")
    assert (found["USER"], found["PASSWORD"]) == ("sk_app", "a/b")
    assert (found["HOST"], found["PORT"], found["NAME"]) == (
        "/run/pg",
        "5433",
        "kampung",
    )


def test_settings_of_the_operator_stand_beside_ours() -> None:
    found = env.database("postgresql://db/kampung?options=-c%20work_mem%3D64MB")
    assert isinstance(found["OPTIONS"], dict)
    assert found["OPTIONS"]["options"] == "-c work_mem=64MB -c pgtrigger.ignore={}"


def test_another_kind_of_database_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="DATABASE_URL"):
        env.database("mysql://localhost/kampung")
