import pytest
from kmeans_container.hyperparameters import TABLE, clustering_settings, parse
from sagemaker_contract.errors import UserError

REQUIRED = {"feature_dim": "4", "k": "3"}


def test_defaults_are_those_of_aws():
    values = parse(REQUIRED)

    assert values == {
        "feature_dim": 4,
        "k": 3,
        "epochs": 1,
        "eval_metrics": ["msd"],
        "extra_center_factor": "auto",
        "half_life_time_size": 0,
        "init_method": "random",
        "local_lloyd_init_method": "kmeans++",
        "local_lloyd_max_iter": 300,
        "local_lloyd_num_trials": "auto",
        "local_lloyd_tol": 0.0001,
        "mini_batch_size": 5000,
    }


def test_every_hyperparameter_reaches_the_algorithm():
    given = {
        **REQUIRED,
        "epochs": "2",
        "extra_center_factor": "4",
        "half_life_time_size": "7",
        "init_method": "kmeans++",
        "local_lloyd_init_method": "random",
        "local_lloyd_max_iter": "8",
        "local_lloyd_num_trials": "9",
        "local_lloyd_tol": "0.5",
        "mini_batch_size": "11",
    }

    settings = clustering_settings(parse(given))

    lloyd = settings.local_lloyd
    assert (settings.k, settings.epochs, settings.extra_center_factor) == (3, 2, 4)
    assert (settings.half_life_time_size, settings.init_method) == (7, "kmeans++")
    assert settings.mini_batch_size == 11
    assert (lloyd.init_method, lloyd.max_iterations) == ("random", 8)
    assert (lloyd.trials, lloyd.tolerance) == (9, 0.5)
    # feature_dim and eval_metrics concern the job, not the algorithm: test_kmeans_jobs.
    assert set(given) | {"eval_metrics"} == {row.name for row in TABLE}


def test_auto_is_what_logs_of_aws_show():
    settings = clustering_settings(parse(REQUIRED))

    assert (settings.extra_center_factor, settings.local_lloyd.trials) == (10, 10)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("k", "0"),
        ("k", "2.5"),
        ("feature_dim", "0"),
        ("feature_dim", "auto"),
        ("epochs", "0"),
        ("eval_metrics", "msd"),
        ("eval_metrics", '["rmse"]'),
        ("eval_metrics", "[]"),
        ("eval_metrics", "[[]]"),
        ("extra_center_factor", "0"),
        ("half_life_time_size", "-1"),
        ("init_method", "k-means++"),
        ("local_lloyd_init_method", "auto"),
        ("local_lloyd_max_iter", "0"),
        ("local_lloyd_num_trials", "0"),
        ("local_lloyd_tol", "1.1"),
        ("local_lloyd_tol", "nan"),
        ("mini_batch_size", "0"),
    ],
)
def test_refuses_by_name(name, text):
    with pytest.raises(UserError) as error:
        parse({**REQUIRED, name: text})

    assert f"{name}: got {text!r}; it must be " in str(error.value)


@pytest.mark.parametrize("text", ['["ssd"]', '["msd", "ssd"]', '["ssd","msd"]'])
def test_takes_lists_of_metrics(text):
    assert set(parse({**REQUIRED, "eval_metrics": text})["eval_metrics"]) <= {"msd", "ssd"}


def test_tells_all_mistakes_at_once():
    with pytest.raises(UserError) as error:
        parse({"k": "-1", "clusters": "3"})

    text = str(error.value)
    assert "feature_dim is missing" in text
    assert "k: got '-1'; it must be an integer from 1" in text
    assert "clusters: there is no such hyperparameter; there are feature_dim, k," in text
