"""Says whether a bundle is FHIR. Heavy to load: for its command and the test server only.

R4B is what the library has; the resources used here are the same in R4 (4.0.1).
"""

from typing import Any

from fhir.resources.R4B.bundle import Bundle
from pydantic import ValidationError


def faults(told: dict[str, Any]) -> list[str]:
    """Return where a bundle is no FHIR, without repeating what stands there."""
    try:
        Bundle.model_validate(told)
    except ValidationError as error:
        return [
            f"{'.'.join(map(str, one['loc']))}: {one['type']}"
            for one in error.errors(include_input=False, include_url=False)
        ]
    return []
