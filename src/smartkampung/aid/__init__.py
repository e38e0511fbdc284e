"""From 'I got no aid' to aid in hand."""
