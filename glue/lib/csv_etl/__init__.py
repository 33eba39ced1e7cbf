"""
What jobs that turn a CSV object into training channels share: arguments, lines and rows, rows that
do not fit, the split, writing.
"""
