"""Reads of the economy, by topic. The figures are the regency's, and about nobody."""
