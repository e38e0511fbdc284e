"""Pages of isolation houses: for everybody, and for who keeps and inspects them."""
