"""Messages that people send to us, and what is answered."""
