"""Training and serving as Amazon SageMaker's Linear Learner does them, on one machine without GPUs:
the same hyperparameters, channels, log lines of metrics, requests and answers.

AWS publishes what the algorithm does, not its code. What is not published is decided here, and
said where it is decided: the values behind `auto` (`model_grid`), how a threshold is found
(`thresholds`), how the best model is kept (`fitting`). Numbers therefore come near AWS's, they are
not the same.

The model artifact holds one file, linear-learner.npz (`linear_model`). It is not interchangeable
with AWS's, whose artifact is a file of MXNet's.
"""
