"""Work items with clocks; every board reads only these."""
