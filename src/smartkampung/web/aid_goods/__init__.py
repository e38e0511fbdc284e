"""Pages of warehouses: what is there, what came and went, and what to write down."""
