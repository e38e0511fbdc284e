"""Logs as one JSON object a line, in which nobody can be found.

Three nets, one below the other: what we write names routes and ids, never paths or
people; tracebacks keep places and drop words, because an error's text may quote what
somebody typed; and whatever still looks like a NIK or a phone is struck out.
"""

import re
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

Record = MutableMapping[str, Any]
LOOKS_PERSONAL = re.compile(r"(?<!\d)(?:\d{16}|(?:\+?62|0)8\d{7,11})(?!\d)")
# Its lines hold paths, and paths hold tracking codes; our own line says the rest.
HOLDS_PATHS = ("django.request", "django.security", "django.server")
TALKATIVE = ("procrastinate.blueprints", "procrastinate.periodic", "axes")
SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def places_only(logger: object, name: str, record: Record) -> Record:
    """Replace an exception by its kind and the places it passed through."""
    error = record.pop("exc_info", None)
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        record["error"] = type(error).__name__
        record["places"] = [f"{f.filename}:{f.lineno} {f.name}" for f in frames]
    record.pop("stack_info", None)
    return record


def struck_out(logger: object, name: str, record: Record) -> Record:
    """Strike out whatever looks like a NIK or a phone number."""
    for key, value in record.items():
        record[key] = _clean(value)
    return record


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return LOOKS_PERSONAL.sub("[struck out]", value)
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return value


def logging_settings(level: str) -> dict[str, Any]:
    """Return Django's LOGGING: everything to the standard output, as JSON."""
    quiet: dict[str, Any] = {"handlers": [], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    places_only,
                    struck_out,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["out"], "level": level},
        "loggers": {
            **dict.fromkeys(HOLDS_PATHS, quiet),
            "django": {"handlers": [], "propagate": True},
            **{name: {"level": "WARNING"} for name in TALKATIVE},
            # It warns at each signature that it asks nobody outside: as it should.
            "pyhanko": {"level": "ERROR"},
        },
    }


def set_up_structlog() -> None:
    """Send what ``structlog.get_logger()`` writes through the same nets."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
