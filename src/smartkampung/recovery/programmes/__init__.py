"""Recovery programmes: offers, invitations, attendance, outcomes, repayments."""
