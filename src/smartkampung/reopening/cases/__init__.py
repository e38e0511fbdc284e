"""Confirmed cases by house and RT, and the zone of every RT on any day."""
