import signal

from sagemaker_contract.tabular_channels import read_rows
from sagemaker_contract.termination import end_well_on_termination


def run_training_job(opt_ml):
    given = opt_ml.config("hyperparameters")
    if given.get("fail") == "true":
        raise RuntimeError("the algorithm broke")
    rows = read_rows(opt_ml, "train", opt_ml.config("inputdataconfig")["train"], 2, labelled=True)
    opt_ml.model.mkdir(parents=True)
    if given.get("wait") == "true":
        end_well_on_termination(lambda: (opt_ml.model / "stopped").write_text("early"))
        print("waiting", flush=True)
        signal.pause()
    (opt_ml.model / "mean").write_text(str(rows.labels.mean()))
