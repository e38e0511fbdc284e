"""Pages about staff accounts: signing in, second factors, sessions, administration."""
