import pytest
from pca_container.hyperparameters import TABLE, parse
from sagemaker_contract.errors import UserError

REQUIRED = {"feature_dim": "20", "num_components": "4", "mini_batch_size": "100"}


def test_defaults_are_those_of_aws():
    assert parse(REQUIRED) == {
        "feature_dim": 20,
        "num_components": 4,
        "mini_batch_size": 100,
        "algorithm_mode": "regular",
        "extra_components": 10,
        "subtract_mean": True,
    }


@pytest.mark.parametrize(("components", "extra"), [("4", 10), ("10", 10), ("15", 15)])
def test_minus_1_extra_components_are_at_least_10(components, extra):
    values = parse({**REQUIRED, "num_components": components, "extra_components": "-1"})

    assert values["extra_components"] == extra


def test_takes_what_is_given():
    values = parse(
        {
            **REQUIRED,
            "algorithm_mode": "randomized",
            "extra_components": "0",
            "subtract_mean": "False",
        }
    )

    assert values["algorithm_mode"] == "randomized"
    assert values["extra_components"] == 0
    assert values["subtract_mean"] is False
    assert set(values) == {row.name for row in TABLE}


@pytest.mark.parametrize("name", REQUIRED)
def test_misses_what_is_required(name):
    with pytest.raises(UserError, match=f"{name} is missing"):
        parse({other: text for other, text in REQUIRED.items() if other != name})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("feature_dim", "0"),
        ("num_components", "0"),
        ("mini_batch_size", "0"),
        ("algorithm_mode", "exact"),
        ("extra_components", "-2"),
        ("subtract_mean", "yes"),
    ],
)
def test_refuses_by_name(name, text):
    with pytest.raises(UserError, match=f"{name}: got '{text}'; it must be "):
        parse({**REQUIRED, name: text})


def test_refuses_what_does_not_fit_together():
    with pytest.raises(UserError, match="num_components: got 21; data with 20 features"):
        parse({**REQUIRED, "num_components": "21"})
    with pytest.raises(UserError, match="extra_components: got 5; it is for .* randomized only"):
        parse({**REQUIRED, "extra_components": "5"})
    with pytest.raises(UserError, match="whiten: there is no such hyperparameter"):
        parse({**REQUIRED, "whiten": "true"})
