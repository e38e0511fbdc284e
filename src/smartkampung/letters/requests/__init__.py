"""From a wish to a signed letter: steps, numbers, the register book."""
