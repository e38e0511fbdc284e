"""Pages on which a village writes down what happened, and corrects what is wrong."""
