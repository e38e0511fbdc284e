"""Cases, and zones of every RT."""
