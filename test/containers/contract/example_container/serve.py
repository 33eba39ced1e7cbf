import os
import sys

from sagemaker_contract.serving import run_serving_process


def load():
    from sagemaker_contract.http_app import App, max_content_length
    from sagemaker_contract.row_invocations import RowInvocations

    def make_app(opt_ml):
        mean = float((opt_ml.model / "mean").read_text())

        def predict(rows, accepted):
            return [{"score": mean} for _ in rows]

        answers = ("application/json", "application/jsonlines")
        return App(RowInvocations(predict, 2, answers).answer, max_content_length(os.environ))

    return make_app


if __name__ == "__main__":
    sys.exit(run_serving_process(sys.argv[1:], load))
