"""Who may collect aid for somebody who cannot come."""
