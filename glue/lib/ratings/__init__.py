"""What is particular to rating files: users, items and what the former think of the latter."""
