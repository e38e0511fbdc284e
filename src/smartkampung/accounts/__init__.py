"""Staff, roles and jurisdiction."""
