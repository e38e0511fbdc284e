"""Send thanks; name the village of a week."""
