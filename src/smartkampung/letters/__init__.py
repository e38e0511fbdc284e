"""Letters of the village: asked for, checked, signed, and proved by whoever reads them."""
