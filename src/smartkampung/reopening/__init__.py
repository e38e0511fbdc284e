"""New normal in phases: guidance with dates, signals, pilots, and what may open where."""
