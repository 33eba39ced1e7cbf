"""All expressions of one Assign see the variables as they were before it, whatever their order."""

from typing import Any

from ministack.services import stepfunctions

from launcher.patching import wrap


def install() -> None:
    wrap(
        stepfunctions,
        "_apply_state_assign",
        "state_def raw_input ctx result error_output",
        _at_once,
    )


def _at_once(apply_state_assign: Any) -> Any:
    def assign(
        state_def: dict[str, Any],
        raw_input: Any,
        ctx: dict[str, Any] | None,
        result: Any = None,
        error_output: Any = None,
    ) -> None:
        if ctx is None or not isinstance(state_def.get("Assign"), dict):
            return
        before = ctx.get("variables", {})
        assigned: dict[str, Any] = {}
        for name, template in state_def["Assign"].items():
            scratch = {**ctx, "variables": dict(before)}
            one = {**state_def, "Assign": {name: template}}
            apply_state_assign(one, raw_input, scratch, result, error_output)
            if name in scratch["variables"]:
                assigned[name] = scratch["variables"][name]
        ctx.setdefault("variables", {}).update(assigned)

    return assign
