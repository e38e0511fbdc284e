"""What anybody may know about aid: counts that point at nobody, lists as law asks."""
