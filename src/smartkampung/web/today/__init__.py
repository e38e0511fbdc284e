"""What applies in my village today."""
