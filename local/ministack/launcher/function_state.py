"""A function is ready a moment after its creation or update: ministack lets half a second pass."""

from ministack.services import lambda_svc

from launcher.patching import require

SECONDS = 0.02


def install() -> None:
    require(lambda_svc._LAMBDA_STATE_TRANSITION_DELAY == 0.5, "functions become active otherwise")
    lambda_svc._LAMBDA_STATE_TRANSITION_DELAY = SECONDS
