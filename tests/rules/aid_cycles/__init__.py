"""Pure rules of cycles."""
