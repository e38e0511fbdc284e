"""Every background job, one module for each domain.

A domain defers a job by name (``kernel.later``); here the name meets the domain's
action. Procrastinate finds this package by its name when Django starts.
"""

from smartkampung.jobs.tasks import aid, intake, messages, residents, upkeep

__all__ = ["aid", "intake", "messages", "residents", "upkeep"]
