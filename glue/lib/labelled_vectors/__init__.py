"""
Rows of a label and numbers, dense (CSV) or sparse (libsvm): one set of rows, whatever file they
come in and go out.
"""
