"""The only writers of what is public about aid."""
