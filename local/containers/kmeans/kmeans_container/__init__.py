"""Training and serving as Amazon SageMaker's built-in K-Means does them, on one CPU machine.

docs/kmeans-container.md lists what is known of AWS's container, what is not, and what differs.
"""
