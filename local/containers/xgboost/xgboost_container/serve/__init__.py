"""The serving half: /ping, /invocations and /execution-parameters of the container."""
