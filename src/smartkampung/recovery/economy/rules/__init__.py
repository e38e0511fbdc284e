"""What figures of the economy mean: their kinds, how they are read and compared."""
