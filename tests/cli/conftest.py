"""One deployment for the tests of the command line."""

import pytest
from pytest_django import Settings

from tests.cli.deployment import Deployment, deployed
from tests.database import TEMPLATE


@pytest.fixture(scope="session")
def deployment(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Deployment:
    """A migrated deployment with keys of its own."""
    home = tmp_path_factory.mktemp("home")
    made = deployed(home, f"deployed_{worker_id}", copying=TEMPLATE)
    for words in (("keys", "new"), ("migrate",)):
        answer = made.run(*words)
        assert answer.returncode == 0, answer.stderr
    return made


@pytest.fixture
def settings_of(settings: Settings) -> Settings:
    """The settings, under a name that leaves ``settings`` to the module of checks."""
    return settings
