"""Places as a form offers them to the public."""

from typing import Any

from smartkampung.regions.queries import kecamatan_of, regency, villages_of


def village_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every village of the regency, under its kecamatan, by the alphabet."""
    here = regency()
    kecamatan = list(kecamatan_of(here.code)) if here else []
    villages = list(villages_of(*(part.code for part in kecamatan)))
    return [
        (
            part.name,
            [
                (v.code, v.name)
                for v in sorted(villages, key=_name)
                if v.code.startswith(f"{part.code}.")
            ],
        )
        for part in sorted(kecamatan, key=_name)
    ]


def _name(place: Any) -> str:
    return str(place.name)
