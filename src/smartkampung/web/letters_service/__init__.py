"""The counter, the kiosk, the boards and figures of letters."""
