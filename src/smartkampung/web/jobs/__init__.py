"""What runs in the background, and what got stuck there."""
