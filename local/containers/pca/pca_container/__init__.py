"""Training and serving as Amazon SageMaker's built-in PCA does them, on one CPU machine.

docs/pca-container.md lists what is known of AWS's container, what is not, and what differs.
"""
