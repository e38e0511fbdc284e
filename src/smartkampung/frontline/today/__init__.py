"""What matters today, put together from every service."""
