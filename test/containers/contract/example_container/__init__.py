"""A container that learns the mean label: all that one has to consist of."""
