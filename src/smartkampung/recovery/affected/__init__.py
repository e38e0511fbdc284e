"""People hit by the crisis: registered, verified, followed until they recovered."""
