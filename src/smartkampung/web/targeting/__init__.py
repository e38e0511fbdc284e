"""Pages of priorities, the what-if studio, scenarios, their rankings and letters."""
