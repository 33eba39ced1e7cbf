import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ListRolesCommand } from "@aws-sdk/client-iam";
import { ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import {
  deploy,
  destroy,
  type Progress,
  type Summary,
} from "../../../local/provider/in-process.ts";
import type { Program } from "../../../local/provider/program-run.ts";
import { startTestCloud, type TestCloud } from "./test-cloud.ts";

/** Names by what was done to them, sorted. */
export type Names = Record<keyof Summary, string[]>;

export const nothing: Names = {
  created: [],
  updated: [],
  replaced: [],
  deleted: [],
  unchanged: [],
};

/** The stack of the test that runs. */
export interface TestStack {
  readonly cloud: TestCloud;
  readonly name: string;
  target(): { project: string; stack: string; cloud: TestCloud["endpoint"]; stateFile: string };
  run(
    program: Program,
    config?: Record<string, string>,
    onProgress?: (progress: Progress) => void,
  ): Promise<{ outputs: Record<string, unknown>; summary: Names }>;
  failureOf(program: Program, config?: Record<string, string>): Promise<Error>;
  /** Text of the state file. */
  state(): Promise<string>;
  /** Everything that is in the cloud. */
  leftovers(): Promise<unknown[]>;
}

/** A cloud for the tests of a file, and in it a stack for each test, of which nothing may be left after it was destroyed. */
export function useTestStack(): TestStack {
  let cloud: TestCloud;
  let stacks = 0;

  before(async () => {
    cloud = await startTestCloud();
  });

  beforeEach(() => {
    stacks += 1;
  });

  afterEach(async () => {
    await destroy(stack.target());
    expect(await stack.leftovers(), "left in the cloud").to.deep.equal([]);
  });

  after(() => cloud.stop());

  const stack: TestStack = {
    get cloud() {
      return cloud;
    },
    get name() {
      return `test-${stacks}`;
    },
    target: () => ({
      project: "shop",
      stack: stack.name,
      cloud: cloud.endpoint,
      stateFile: join(cloud.folder, `${stack.name}.json`),
    }),
    run: async (program, config = {}, onProgress) => {
      const progress = onProgress === undefined ? {} : { onProgress };
      const { outputs, summary } = await deploy({
        ...stack.target(),
        program,
        config,
        ...progress,
      });
      return { outputs, summary: namesOf(summary) };
    },
    failureOf: (program, config) =>
      stack.run(program, config).then(
        () => expect.fail("the deployment did not fail"),
        (error) => error,
      ),
    state: () => readFile(stack.target().stateFile, "utf8"),
    leftovers: () => allIn(cloud),
  };
  return stack;
}

export function namesOf(summary: Summary): Names {
  const names = (key: keyof Summary) => summary[key].map(({ name }) => name).sort();
  return {
    created: names("created"),
    updated: names("updated"),
    replaced: names("replaced"),
    deleted: names("deleted"),
    unchanged: names("unchanged"),
  };
}

async function allIn({ clients }: TestCloud): Promise<unknown[]> {
  const { s3, iam, lambda, logs, sqs } = clients;
  const [buckets, roles, functions, groups, queues] = await Promise.all([
    s3.send(new ListBucketsCommand()),
    iam.send(new ListRolesCommand()),
    lambda.send(new ListFunctionsCommand()),
    logs.send(new DescribeLogGroupsCommand()),
    sqs.send(new ListQueuesCommand()),
  ]);
  return [
    ...(buckets.Buckets ?? []).map(({ Name }) => Name),
    ...(roles.Roles ?? []).map(({ RoleName }) => RoleName),
    ...(functions.Functions ?? []).map(({ FunctionName }) => FunctionName),
    ...(groups.logGroups ?? []).map(({ logGroupName }) => logGroupName),
    ...(queues.QueueUrls ?? []),
  ];
}
