"""Tables: announcements to staff and messages to residents."""

from smartkampung.frontline.voice.models.announcements import (
    Announcement,
    Attachment,
    Reading,
    Task,
)
from smartkampung.frontline.voice.models.broadcasts import Allowance, Broadcast
from smartkampung.frontline.voice.models.tellings import Telling

__all__ = [
    "Allowance",
    "Announcement",
    "Attachment",
    "Broadcast",
    "Reading",
    "Task",
    "Telling",
]
