"""
The parts of AWS Glue's Python library that scripts commonly use, for running them outside of Glue.

What is not here fails by its name: importing or calling it says that the local cloud does not have
it.
"""
