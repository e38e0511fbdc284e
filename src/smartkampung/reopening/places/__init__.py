"""Places and events under protocol: checked, certified, suspended."""
