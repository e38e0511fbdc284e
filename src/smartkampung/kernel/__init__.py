"""What every package shares: errors, sealed values, periods, money, scarce things. No domain words."""
