"""Policies that ministack cannot evaluate as AWS does: IAM refuses them, elsewhere they deny all.

ministack takes a condition with an operator that it does not know for one that is not met. A Deny
with it would then deny nothing. The same goes for policy variables, which it takes literally, and
for a Deny for all but some principals, which it passes over.
"""

import json
import logging
from collections.abc import Iterator
from typing import Any

from ministack.core import iam_evaluator

from launcher.patching import require, wrap

logger = logging.getLogger("launcher.policy_grammar")

DENY_ALL = {"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}


def install() -> None:
    require(isinstance(iam_evaluator._CONDITION_OPS, dict), "iam_evaluator._CONDITION_OPS is none")
    require(hasattr(iam_evaluator, "EvalResult"), "iam_evaluator.EvalResult is missing")
    wrap(iam_evaluator, "validate_policy_document", "doc", _refusing)
    wrap(iam_evaluator, "parse_policy_document", "doc", _denying_all)
    wrap(
        iam_evaluator,
        "evaluate_resource_policy",
        "doc ctx service named_only direct_only",
        _denying,
    )
    wrap(iam_evaluator, "evaluate_trust_policy", "trust_doc caller_arn ctx", _trusting_nobody)


def _refusing(validate: Any) -> Any:
    return lambda doc: validate(doc) or unsupported(doc)


def _denying_all(parse: Any) -> Any:
    return lambda doc: parse(DENY_ALL if _logged(doc) else doc)


def _denying(evaluate: Any) -> Any:
    def evaluate_resource_policy(doc: Any, ctx: Any, *args: Any, **kwargs: Any) -> Any:
        if _logged(doc):
            return iam_evaluator.EvalResult("Deny", ctx.principal_arn)
        return evaluate(doc, ctx, *args, **kwargs)

    return evaluate_resource_policy


def _trusting_nobody(evaluate: Any) -> Any:
    def evaluate_trust_policy(trust_doc: Any, *args: Any, **kwargs: Any) -> bool:
        return not _logged(trust_doc) and evaluate(trust_doc, *args, **kwargs)

    return evaluate_trust_policy


def _logged(doc: Any) -> str | None:
    why = unsupported(doc)
    if why is not None:
        logger.error("a policy denies everything: %s", why)
    return why


def unsupported(doc: Any) -> str | None:
    """What in a policy cannot be evaluated; None where all can be."""
    if isinstance(doc, str):
        try:
            doc = json.loads(doc)
        except ValueError:
            return None  # Said by who reads it.
    statements = doc.get("Statement", []) if isinstance(doc, dict) else []
    for statement in [statements] if isinstance(statements, dict) else statements:
        if isinstance(statement, dict):
            for why in _faults(statement):
                return why
    return None


def _faults(statement: dict[str, Any]) -> Iterator[str]:
    if "NotPrincipal" in statement:
        yield "The local cloud does not evaluate NotPrincipal"
    conditions = statement.get("Condition") or {}
    if not isinstance(conditions, dict):
        yield "A Condition must be an object"
        return
    for operator, keys in conditions.items():
        if not _is_known(operator):
            yield f"The local cloud does not know the condition operator {operator}"
        if not isinstance(keys, dict):
            yield f"The condition {operator} must be an object"
    for text in _texts([statement.get("Resource"), statement.get("NotResource"), conditions]):
        if "${" in text:
            yield f"The local cloud does not evaluate policy variables, as in {text}"


def _is_known(operator: str) -> bool:
    name = operator.lower()
    for prefix in ("forallvalues:", "foranyvalue:"):
        name = name.removeprefix(prefix)
    return name == "null" or name.removesuffix("ifexists") in iam_evaluator._CONDITION_OPS


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
