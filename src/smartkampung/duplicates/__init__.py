"""Records that may be of one person: found, reviewed, merged, and parted again."""
