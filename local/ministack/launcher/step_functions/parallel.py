"""Parallel in JSONata: Assign and Output apply, and each branch has variables of its own.

https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
"""

import copy
from typing import Any

from ministack.services import stepfunctions

from launcher.patching import require, wrap


def install() -> None:
    for name in ("_run_sub_machine", "_apply_jsonata_output", "_apply_state_assign"):
        require(callable(getattr(stepfunctions, name, None)), f"stepfunctions.{name} is missing")
    wrap(stepfunctions, "_run_parallel_branches", "state_def raw_input execution ctx", _in_jsonata)
    wrap(stepfunctions, "_run_sub_machine", "states start_at input_data execution ctx", _scoped)


def _scoped(run_sub_machine: Any) -> Any:
    """A branch reads what was set before it, and nothing that it sets is seen outside of it."""

    def run(
        states: Any, start_at: Any, input_data: Any, execution: dict[str, Any], ctx: dict[str, Any]
    ) -> Any:
        inner = {**ctx, "variables": copy.deepcopy(ctx.get("variables", {}))}
        return run_sub_machine(states, start_at, input_data, execution, inner)

    return run


def _in_jsonata(run_parallel_branches: Any) -> Any:
    def run(
        state_def: dict[str, Any], raw_input: Any, execution: dict[str, Any], ctx: dict[str, Any]
    ) -> Any:
        output, following = run_parallel_branches(state_def, raw_input, execution, ctx)
        if stepfunctions._state_query_language(state_def, ctx) != "JSONata":
            return output, following
        # Without the fields of JSONPath, the output is the branches' results as they are.
        results = output
        output = stepfunctions._apply_jsonata_output(
            state_def, raw_input, ctx, result=results, default=results
        )
        stepfunctions._apply_state_assign(state_def, raw_input, ctx, result=results)
        return output, following

    return run
