import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { spawnChild } from "../../../local/processes/child.ts";
import { interpreter } from "../../../local/setup/python-environments.mjs";

const launcherFolder = fileURLToPath(new URL("../../../local/ministack", import.meta.url));

/** An upgrade of ministack must be met by name, not by odd behaviour. */
describe("repairs of ministack", () => {
  /** Installs all repairs after `change` was made to ministack; what Python says at the end. */
  async function installAfter(change: string) {
    const lines: string[] = [];
    const program = [
      "from importlib import metadata",
      "from ministack import app",
      "from ministack.core import lambda_runtime",
      "from ministack.services import lambda_svc, stepfunctions",
      change,
      "from launcher import repairs, settings",
      "repairs.install(settings.Settings('http://127.0.0.1:1', 2.0, 0, 's', settings.Keys('k', 's')))",
      "print('installed', flush=True)",
    ].join("\n");
    const child = spawnChild({
      command: await interpreter("cloud"),
      args: ["-c", program],
      env: {
        PATH: "/usr/bin:/bin",
        PYTHONPATH: launcherFolder,
        PYTHONDONTWRITEBYTECODE: "1",
        LAMBDA_ACCOUNT_CONCURRENCY: "4",
      },
      onStdoutLine: (line) => lines.push(line),
      onStderrLine: (line) => lines.push(line),
    });
    await child.exited;
    return lines.at(-1);
  }

  it("install on the version that they were made for", async () => {
    expect(await installAfter("")).to.equal("installed");
  });

  const changes: [string, string, string][] = [
    [
      "another version",
      "metadata.version = lambda name: '1.6.0'",
      "version 1.6.0 instead of 1.5.33",
    ],
    [
      "a function that is gone",
      "del stepfunctions._execute_task",
      "ministack.services.stepfunctions._execute_task is missing",
    ],
    [
      "a function with other parameters",
      "lambda_svc._acquire_execution_slot = lambda function: None",
      "ministack.services.lambda_svc._acquire_execution_slot takes (function) instead of (func config)",
    ],
    [
      "another worker script",
      "lambda_runtime._NODEJS_WORKER_SCRIPT = ''",
      "0 places instead of one read",
    ],
    [
      "another start of executions",
      "stepfunctions._run_execution = lambda execution: None",
      "stepfunctions._run_execution takes (execution) instead of (exec_arn)",
    ],
    [
      "an integration of its own",
      "stepfunctions._SERVICE_DISPATCH['arn:aws:states:::glue:startJobRun'] = None",
      "Step Functions starts Glue jobs by itself",
    ],
  ];
  for (const [what, change, message] of changes) {
    it(`refuse ${what}`, async () => {
      expect(await installAfter(change))
        .to.match(/^launcher\.patching\.IncompatibleMinistackError: /)
        .and.contain(message);
    });
  }
});
