"""The only writers of questions and answers."""

from smartkampung.identity.actions.ask import CannotAsk, ask, ask_if_possible
from smartkampung.identity.actions.drain import drain_one

__all__ = ["CannotAsk", "ask", "ask_if_possible", "drain_one"]
