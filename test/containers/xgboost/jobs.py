"""Training jobs that tests start from."""

CSV_CHANNEL = {
    "ContentType": "text/csv",
    "TrainingInputMode": "File",
    "S3DistributionType": "FullyReplicated",
    "RecordWrapperType": "None",
}

ROWS = "0,1,10\n1,2,20\n0,1,11\n1,3,22\n0,2,9\n1,3,25\n0,1,12\n1,2,21\n"


def binary_job(files=None, channel=None, **hyperparameters):
    """A small binary:logistic job on one channel; a hyperparameter of None is left out."""
    given = {"num_round": "2", "objective": "binary:logistic", **hyperparameters}
    return {
        "hyperparameters": {name: value for name, value in given.items() if value is not None},
        "inputdataconfig": {"train": {**CSV_CHANNEL, **(channel or {})}},
        "files": files or {"train/t.csv": ROWS},
    }
