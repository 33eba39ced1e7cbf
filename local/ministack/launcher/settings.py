"""The launcher's own settings; ministack reads its own from the same environment."""

from collections.abc import MutableMapping
from dataclasses import dataclass

PREFIX = "LAUNCHER_"


@dataclass(frozen=True)
class Keys:
    access_key_id: str
    secret_access_key: str


@dataclass(frozen=True)
class Settings:
    backend_url: str
    autosave_seconds: float
    port: int
    secret: str
    root: Keys


def take_from(environment: MutableMapping[str, str]) -> Settings:
    """Reads the settings and removes them, with Python's own, so that no function inherits them.

    Raises KeyError naming the variable that is missing.
    """
    settings = Settings(
        backend_url=environment[f"{PREFIX}BACKEND_URL"],
        autosave_seconds=float(environment[f"{PREFIX}AUTOSAVE_SECONDS"]),
        port=int(environment[f"{PREFIX}PORT"]),
        secret=environment[f"{PREFIX}SECRET"],
        root=Keys(
            environment[f"{PREFIX}ROOT_ACCESS_KEY_ID"],
            environment[f"{PREFIX}ROOT_SECRET_ACCESS_KEY"],
        ),
    )
    for name in [name for name in environment if name.startswith((PREFIX, "PYTHON"))]:
        del environment[name]
    return settings
