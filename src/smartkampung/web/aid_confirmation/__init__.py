"""Pages on which families answer about hand-overs, and on which gaps are followed."""
