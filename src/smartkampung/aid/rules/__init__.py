"""Pure decisions about aid: no database, no clock, no request."""
