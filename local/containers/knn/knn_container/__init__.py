"""Training and serving as Amazon SageMaker's built-in k-NN does them, on one CPU machine.

docs/knn-container.md lists what is known of AWS's container, what is not, and what differs.
"""
