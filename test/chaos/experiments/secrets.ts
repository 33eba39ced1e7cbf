import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { deploy } from "../../../local/provider/in-process.ts";
import { cacheDir } from "../../../local/setup/python-environments.mjs";
import type { Experiment } from "../experiment.ts";
import { acceptedInput, brokenInput } from "../inputs.ts";
import { LocalCommand } from "../local-command.ts";
import { processesOf } from "../processes.ts";
import { filesWith, includesText, processesWith } from "../search-secret.ts";
import { until } from "../until.ts";

/** What stands in a user's shell that nobody but the user is to see, each with a value that occurs nowhere else. */
const ofTheUser: Record<string, string> = {
  AWS_ACCESS_KEY_ID: "AKIACANARY0KEY0OF0THE0USER",
  AWS_SECRET_ACCESS_KEY: "canary/secret+key/of/the/user",
  AWS_SESSION_TOKEN: "canary-session-token-of-the-user",
  DATABASE_PASSWORD: "canary-password-of-the-user",
  PULUMI_ACCESS_TOKEN: "pul-canary-token-of-the-user",
};

/** Keys of a profile in the user's ~/.aws/credentials, which AWS_PROFILE names. */
const ofTheProfile = {
  aws_access_key_id: "AKIACANARY0PROFILE0KEY",
  aws_secret_access_key: "canary/secret+key/of/the/profile",
};

/** What CloudWatch itself keeps: the alarm and its description, as the account holds it on AWS. */
const ofTheService = join("ministack", "services", "cloudwatch.json");

const control = "local-churn-retraining";

export const secrets: Experiment[] = [
  {
    name: "canary-of-the-user",
    promise: "secrets-stay-secret",
    expected:
      "2 runs, then none of 7 canaries in files (state, objects, logs, reports), output, or processes",
    quick: true,
    standalone: true,
    run: () => inFolder(searchAfterRuns),
  },
  {
    name: "canary-in-a-secret-input",
    promise: "secrets-stay-secret",
    expected:
      "deployed with the secret; files that hold it, beside those of the service it was given to: none",
    quick: true,
    async run(bench) {
      const secret = "canary-of-a-pulumi-secret";
      const { cloud, stateDir } = bench;
      await deploy({
        program: async () => {
          const value = pulumi.secret(secret);
          const name = "canary";
          const alarm = { comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1 };
          new aws.cloudwatch.MetricAlarm(name, { ...alarm, name, alarmDescription: value });
          return { value };
        },
        project: "retraining",
        stack: "canary",
        config: {},
        cloud: {
          endpointUrl: cloud.url,
          region: cloud.region,
          accountId: cloud.accountId,
          credentials: cloud.credentials,
          stateDir,
        },
        stateFile: join(stateDir, "stack-canary.json"),
      });
      const state = await readFile(join(stateDir, "stack-canary.json"), "utf8");
      if (!state.includes("canary")) throw new Error("the stack was not written");
      const others = (await filesWith(stateDir, secret)).filter((file) => file !== ofTheService);
      return `deployed with the secret; files that hold it, beside those of the service it was given to: ${others.join(", ") || "none"}`;
    },
  },
];

async function searchAfterRuns(folder: string): Promise<string> {
  const home = join(folder, "home");
  await writeProfile(home);
  const temporary = join(folder, "tmp");
  await mkdir(temporary);
  const stateDir = join(folder, "state");
  const command = await LocalCommand.start(["--state", stateDir], {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    TMPDIR: temporary,
    RETRAINING_CACHE_DIR: cacheDir,
    AWS_PROFILE: "canary",
    ...ofTheUser,
  });
  try {
    const titles = [
      await command.run("input/good.csv", acceptedInput(31)),
      await command.run("input/broken.csv", brokenInput(32)),
    ];
    for (const title of titles) {
      await until(`line about ${title}`, async () => command.output.includes(title) || undefined);
    }
    await rm(join(home, ".aws"), { recursive: true }); // The one place where they may stand.
    const processes = processesOf(stateDir, command.pid);
    const look = async (text: string) => [
      ...(await filesWith(folder, text)),
      ...processesWith(processes, text),
      ...(includesText(command.output, text) ? ["output"] : []),
    ];
    // What is to be found anywhere shows that the search sees files, processes and output.
    const seen = await look(control);
    if (seen.length < 3 || !seen.includes("output")) {
      throw new Error(`the search found ${control} in ${seen.join(", ") || "nothing"} only`);
    }
    const canaries = { ...ofTheUser, ...ofTheProfile };
    const leaks: string[] = [];
    for (const [name, value] of Object.entries(canaries)) {
      for (const place of await look(value)) leaks.push(`${name} in ${place}`);
    }
    const result =
      leaks.length === 0 ? `none of ${Object.keys(canaries).length} canaries` : leaks.join("; ");
    return `${titles.length} runs, then ${result} in files (state, objects, logs, reports), output, or processes`;
  } finally {
    await command.stop();
  }
}

async function writeProfile(home: string): Promise<void> {
  await mkdir(join(home, ".aws"), { recursive: true });
  const keys = Object.entries(ofTheProfile).map(([name, value]) => `${name} = ${value}`);
  await writeFile(join(home, ".aws", "credentials"), `[canary]\n${keys.join("\n")}\n`);
}

async function inFolder(work: (folder: string) => Promise<string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "retraining-canary-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
