"""What every container for Amazon SageMaker has to do, whatever it learns: find its job below
/opt/ml, wait on standby, report failures, answer HTTP. An algorithm adds two entry points to its
package:

    # example_container/train.py: python -m example_container.train
    def load():
        from .training_job import run_training_job  # imports the heavy libraries

        return run_training_job  # (OptMl) -> None; raises UserError for what the user can mend

    sys.exit(run_training_process(sys.argv[1:], load))

    # example_container/serve.py: python -m example_container.serve
    def load():
        from .model import load_model

        def make_answer(opt_ml):  # an error here ends the process before it listens, as on AWS
            model = load_model(opt_ml.model)

            def answer(content_type, accept, body):  # -> responses.Response
                ...

            return answer

        return make_answer

    sys.exit(run_serving_process(sys.argv[1:], load))

Both processes find /opt/ml at SAGEMAKER_BASE_DIR, or with `--standby` print `standby` once their
libraries are loaded and read one line of JSON (`standby`). A server listens on 127.0.0.1, port
SAGEMAKER_BIND_TO_PORT (0: any free one), prints `{"listening": <port>}` and ends with status 0 at
SIGTERM or when its standard input closes.

An algorithm that predicts from rows of numbers needs no `answer` of its own:
`RowInvocations(predict, feature_dim, accepted).answer` reads CSV, JSON, JSON Lines and
recordio-protobuf and writes the same.

Modules: `training` and `serving` (the two processes), `opt_ml`, `standby`, `logs`, `errors`,
`termination`, `openmp`, `hyperparameter_table`; `tabular_channels` (rows of a channel),
`channel_files`, `numeric_csv`, `recordio` (with `uniform_records`), `record_writer`,
`record_wire`, `ndarray_files`, `media_types`;
`row_invocations`, `instances`, `prediction_formats`, `http_app`, `http_server`, `responses`
(answers).
"""
