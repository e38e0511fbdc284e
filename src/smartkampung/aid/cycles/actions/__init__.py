"""What changes cycles: plan, propose, verify, decide, approve, and afterwards."""
