"""Who stands in for whom, and how a term of office is handed over."""
