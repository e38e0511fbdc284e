"""Payments of cash aid by bank and post office: batches, files, answers."""
