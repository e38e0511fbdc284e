"""Programme, cycle, tranche: from the village meeting to aid that is due."""
