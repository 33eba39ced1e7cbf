"""Optimized integrations return timestamps in milliseconds since 1970; the services, in seconds."""

from typing import Any

from botocore.model import Shape
from ministack.services import stepfunctions

from launcher.patching import require


def in_milliseconds(service: str, operation: str, response: dict[str, Any]) -> dict[str, Any]:
    model = stepfunctions._service_model(service)
    require(model is not None, f"botocore has no model of {service}")
    return _convert(response, model.operation_model(operation).output_shape)


def _convert(value: Any, shape: Shape | None) -> Any:
    if shape is None:
        return value
    if shape.type_name == "structure" and isinstance(value, dict):
        return {key: _convert(item, shape.members.get(key)) for key, item in value.items()}
    if shape.type_name == "list" and isinstance(value, list):
        return [_convert(item, shape.member) for item in value]
    if shape.type_name == "map" and isinstance(value, dict):
        return {key: _convert(item, shape.value) for key, item in value.items()}
    if shape.type_name == "timestamp" and isinstance(value, (int, float)):
        return round(value * 1000)
    return value
