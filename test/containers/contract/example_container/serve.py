import sys

from sagemaker_contract.serving import run_serving_process


def load():
    from sagemaker_contract.row_invocations import RowInvocations

    def make_answer(opt_ml):
        mean = float((opt_ml.model / "mean").read_text())

        def predict(rows, accepted):
            return [{"score": mean} for _ in rows]

        answers = ("application/json", "application/jsonlines")
        return RowInvocations(predict, 2, answers).answer

    return make_answer


if __name__ == "__main__":
    sys.exit(run_serving_process(sys.argv[1:], load))
