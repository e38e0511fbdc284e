"""How true the registry is: what is wrong in it, where, and whether it gets better."""
