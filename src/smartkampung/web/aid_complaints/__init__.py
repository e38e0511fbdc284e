"""Pages on which anybody tells of a share that was taken, and follows the answer."""
