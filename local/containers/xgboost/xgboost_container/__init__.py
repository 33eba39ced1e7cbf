"""Training and serving as Amazon SageMaker's XGBoost 3.0-5 container does them, in algorithm mode
on CPUs.

docs/xgboost-container.md lists what differs from the container and why.
"""
