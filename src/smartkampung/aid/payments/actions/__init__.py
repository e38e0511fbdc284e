"""What changes payments and recipients' accounts."""
