"""The counter, the kiosk, what people thought of it, and the figures."""
