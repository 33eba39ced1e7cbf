"""Gradient boosted trees of scikit-learn behind SageMaker's container contract."""
