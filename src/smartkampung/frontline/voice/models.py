"""Tables: announcements to staff and messages to residents."""
