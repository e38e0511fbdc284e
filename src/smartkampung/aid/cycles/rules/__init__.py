"""Pure decisions about cycles: steps, proposals, caps and working days."""
