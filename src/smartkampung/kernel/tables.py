"""Makes the tables of an empty database, without drawing every model at every step.

Django keeps a picture of all models while it migrates. After each operation it draws
the changed model anew, and with it every model that is joined to it, however far: in
this program nearly all, some 700 times. That took nine tenths of the time. What only
adds is drawn alone here; for any other change of a relation everything is drawn anew.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.sql import (
    emit_post_migrate_signal,
    emit_pre_migrate_signal,
)
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState

QUIET: dict[str, Any] = {"verbosity": 0, "interactive": False}


class SparingState(ProjectState):
    """The picture of all models that draws alone what an addition changes.

    Models beside it still show their neighbour as it was, which matters to no
    addition. Whoever needs the whole gets it: a step in Python from a clone, any other
    change of a relation from here.
    """

    _reload: Callable[[set[tuple[str, str]]], None]
    _adding = False

    def add_model(self, model_state: ModelState) -> None:
        """Take a new model in."""
        with self._alone():
            super().add_model(model_state)

    def add_field(self, *args: Any, **kwargs: Any) -> None:
        """Take a new field in."""
        with self._alone():
            super().add_field(*args, **kwargs)

    def reload_model(
        self, app_label: str, model_name: str, delay: bool = False
    ) -> None:
        """Draw a model anew, and everything where its relations may have changed."""
        if "apps" not in self.__dict__:
            return
        if delay or self._adding:
            self.is_delayed = True
            self._reload({(app_label, model_name)})
        else:
            del self.__dict__["apps"]
            _drawn = self.apps
            self.is_delayed = False

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._adding = True
        try:
            yield
        finally:
            self._adding = False


def make_tables() -> None:
    """Apply every migration to a database that has seen none."""
    executor = MigrationExecutor(connection)
    targets = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(targets)
    state: ProjectState = SparingState(real_apps=executor.loader.unmigrated_apps)
    told = {"db": connection.alias, "stdout": sys.stdout, "plan": plan, **QUIET}
    emit_pre_migrate_signal(apps=state.apps, **told)
    state = executor.migrate(targets, plan=plan, state=state)
    state.clear_delayed_apps_cache()
    emit_post_migrate_signal(apps=state.apps, **told)


def has_seen_none() -> bool:
    """Say whether no migration was applied to this database."""
    return not MigrationExecutor(connection).loader.applied_migrations
