"""The simulator, for every test of identity checks."""

from tests.domain.identity.service import simulator

__all__ = ["simulator"]
