"""What the centre and the regency prescribe, as versions that begin on a day."""
