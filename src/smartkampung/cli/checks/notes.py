"""What a check says that is worth knowing and not wrong."""


class Note(str):
    """A sentence that does not make ``smartkampung check`` fail."""

    __slots__ = ()
