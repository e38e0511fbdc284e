"""The summary for leadership: counts only, never people."""
