"""Smart Kampung: one system for a whole regency."""
