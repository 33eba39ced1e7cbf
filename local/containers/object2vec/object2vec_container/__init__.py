"""Training and serving after Amazon SageMaker's Object2Vec, on JAX (training) and NumPy (serving).

docs/object2vec-container.md lists what differs from AWS's container and why.
"""
