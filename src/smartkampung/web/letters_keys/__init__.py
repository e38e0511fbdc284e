"""Pages where officers look after their certificate and passphrase."""
