"""From "village, RW, RT" as people write them to the code of a place."""

from smartkampung.regions.queries import rts_of


def rt_code(village: str, *, rw: str, rt: str) -> str | None:
    """Return the RT of a village with these numbers; the village without any.

    Without an RW the number of the RT must be the only one in the village. None where
    there is no such RT.
    """
    if not rt:
        return village
    wanted = rt.zfill(3)
    found = [
        code
        for code in rts_of(village).values_list("code", flat=True)
        if code.endswith(f".{wanted}") and (not rw or code.split(".")[4] == rw.zfill(3))
    ]
    return found[0] if len(found) == 1 else None
