"""Settings, URLs, assembly: the only place that knows everything."""
