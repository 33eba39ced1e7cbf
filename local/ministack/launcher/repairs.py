"""Every change to ministack, in the order in which they build upon each other.

Each asserts what it replaces, so that a ministack of another version ends here, with the name of
what moved, instead of misbehaving later.
"""

from launcher import (
    alarms,
    async_invocations,
    autosave,
    concurrency,
    destinations,
    durable_requests,
    event_targets,
    forwarding,
    function_errors,
    function_roles,
    function_state,
    lasting_events,
    log_drain,
    log_streams,
    object_events,
    patching,
    queue_addresses,
    queued_messages,
    refusals,
)
from launcher.backend import Backend
from launcher.faults import crash_faults, event_faults, function_faults, object_faults
from launcher.identity import (
    authorization,
    condition_keys,
    denial_log,
    denial_messages,
    front_door,
    log_resources,
    missing_objects,
    policy_grammar,
    request_actions,
    root,
    routes,
    service_access,
    sessions,
    transport,
)
from launcher.settings import Settings
from launcher.step_functions import (
    assignments,
    aws_sdk_tasks,
    execution_logs,
    execution_run,
    executions,
    function_tasks,
    glue_tasks,
    history,
    journals,
    machine_role,
    parallel,
    recovery,
    retries,
    role_requirements,
    running_tasks,
    sagemaker_tasks,
    state_machines,
    task_authorization,
)

MINISTACK_VERSION = "1.5.33"


def install(settings: Settings) -> None:
    patching.require_version(MINISTACK_VERSION)
    backend = Backend(settings.backend_url, settings.root)
    forwarding.install(backend)

    sessions.install(settings.secret)
    authorization.install()
    denial_log.install()
    denial_messages.install()
    log_resources.install()
    missing_objects.install()
    root.install(settings.root)
    condition_keys.install()
    policy_grammar.install()
    request_actions.install()
    transport.install()
    service_access.install()
    routes.install(settings.secret)
    front_door.install()

    journal = journals.open_journals()
    execution_run.install(journal)
    machine_role.install()
    task_authorization.install()
    role_requirements.install()
    running_tasks.install()
    history.install()
    execution_logs.install()
    journals.install(journal)
    executions.install(journal)
    recovery.install(journal)
    state_machines.install()
    retries.install()
    assignments.install()
    parallel.install()
    sagemaker_tasks.install(backend)
    glue_tasks.install(backend)
    aws_sdk_tasks.install()
    function_tasks.install()

    concurrency.install()
    function_errors.install()
    function_state.install()
    queue_addresses.install()
    function_roles.install()
    destinations.install()
    async_invocations.install()
    event_targets.install()
    queued_messages.install()
    log_drain.install()
    log_streams.install()

    object_events.install()
    lasting_events.install()
    refusals.install()
    alarms.install()
    autosave.install(settings.autosave_seconds)
    durable_requests.install()

    crash_faults.install()
    event_faults.install()
    function_faults.install()
    object_faults.install()
