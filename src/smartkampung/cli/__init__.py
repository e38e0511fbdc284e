"""The smartkampung command."""
