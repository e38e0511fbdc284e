"""The economy in numbers: own-source revenue, visits, businesses, recovery of sectors."""
