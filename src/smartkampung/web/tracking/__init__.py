"""Follow a report with a code: what happens, who acts next, by when."""
