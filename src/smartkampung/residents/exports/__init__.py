"""The registry into files that other programs of the village read."""
