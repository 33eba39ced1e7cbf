"""What the environment says about serving. Names and defaults are the container's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    #: Answer for batch transform: one line a row, whatever was accepted.
    batch: bool
    #: Keys of SAGEMAKER_INFERENCE_OUTPUT, or None where the plain answer is wanted.
    output_keys: tuple[str, ...] | None
    #: Used where the request accepts anything.
    default_accept: str
    #: Whether several model files answer together; otherwise the first does.
    ensemble: bool

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        output = environment.get("SAGEMAKER_INFERENCE_OUTPUT")
        keys = None if output is None else tuple(output.replace(" ", "").lower().split(","))
        return cls(
            batch=bool(environment.get("SAGEMAKER_BATCH")),
            output_keys=keys,
            default_accept=environment.get("SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT", "text/csv"),
            ensemble=environment.get("SAGEMAKER_INFERENCE_ENSEMBLE", "true") == "true",
        )
