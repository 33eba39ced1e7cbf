"""The last parameters of nearly all of AWS's methods and transforms."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

# They name a state for bookmarks, and limit the error records that there are none of here.
LAST = {"transformation_ctx": "", "info": "", "stageThreshold": 0, "totalThreshold": 0}


def with_last_parameters(function: Callable) -> Callable:
    """
    `function` with those of them that it has not itself, by place or by name, to no effect. Raises
    TypeError for any other, as Python does: a name that is mistyped must not go unnoticed.
    """
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    own = inspect.signature(function)
    more = [
        inspect.Parameter(name, kind, default=value)
        for name, value in LAST.items()
        if name not in own.parameters
    ]
    whole = own.replace(parameters=[*own.parameters.values(), *more])

    @functools.wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        try:
            bound = whole.bind(*args, **kwargs)
        except TypeError as error:
            raise TypeError(f"{function.__qualname__}() {error}") from None
        for parameter in more:
            bound.arguments.pop(parameter.name, None)
        return function(*bound.args, **bound.kwargs)

    return called
