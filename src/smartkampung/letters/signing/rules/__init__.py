"""What a paper proves and how it is judged; no Django, no tables."""
