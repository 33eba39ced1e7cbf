import * as pulumi from "@pulumi/pulumi";
import { region } from "./pipeline.ts";

/** A resource as the program registered it, inputs resolved. */
export interface Recorded {
  type: string;
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: inputs of any resource type, which each test knows
  inputs: Record<string, any>;
  /** Names of the resources that have to be there before it, and are deleted after it. */
  dependencies: string[];
}

export interface Recording {
  /** Custom resources and components of awsx, in the order of their registration. The program's own components are left out. */
  resources: Recorded[];
  /** Types of the components, with their names. */
  components: string[];
  /** The one resource of that name. @throws Error where there is none, or more. */
  find(name: string): Recorded;
}

/**
 * Runs `program` under Pulumi mocks and gives every resource that it registered.
 *
 * Checked on the way, because mocks alone let it through: names unique within a type, no Output turned into text.
 */
export async function record(program: () => unknown): Promise<Recording> {
  const resources: Recorded[] = [];
  const components: string[] = [];
  const dependencies = new Map<string, string[]>();
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, custom }) => {
        if (custom || type.startsWith("awsx:"))
          resources.push({ type, name, inputs, dependencies: dependencies.get(name) ?? [] });
        else components.push(`${type} ${name}`);
        return { id: `${name}-id`, state: stateOf(type, name, inputs) };
      },
      call: ({ token, inputs }) => answer(token, inputs),
    },
    "retraining",
    "test",
  );
  observeDependencies(dependencies);
  await program();
  await drain();
  guard(resources, components);
  return { resources, components, find: (name) => findOne(resources, name) };
}

/** What the engine would be told of each resource; mocks are not. */
function observeDependencies(dependencies: Map<string, string[]>) {
  const monitor = (pulumi.runtime as unknown as { getMonitor(): Monitor }).getMonitor();
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    const names = request.getDependenciesList().map((urn) => urn.split("::").at(-1) ?? urn);
    dependencies.set(request.getName(), names);
    return register(request, callback);
  };
}

interface Monitor {
  registerResource(
    request: { getName(): string; getDependenciesList(): string[] },
    callback: unknown,
  ): unknown;
}

function stateOf(type: string, name: string, inputs: Record<string, unknown>) {
  if (type.startsWith("awsx:")) return componentState(type, inputs);
  const service = type.split(":")[1]?.split("/")[0];
  const physical = inputs["name"] ?? inputs["bucket"] ?? name;
  return {
    ...inputs,
    arn: `arn:aws:${service}:${region}:123456789012:${physical}`,
    ...(type === "aws:ec2/vpcEndpoint:VpcEndpoint" && { prefixListId: "pl-0a" }),
    ...(type === "aws:sqs/queue:Queue" && {
      url: `https://sqs.${region}.amazonaws.com/123456789012/${physical}`,
    }),
  };
}

/** What the components of awsx put out, as far as the program reads it. */
function componentState(type: string, inputs: Record<string, unknown>) {
  switch (type) {
    case "awsx:ecr:Repository":
      return { url: `123456789012.dkr.ecr.${region}.amazonaws.com/${inputs["name"]}` };
    case "awsx:ecr:Image":
      return { imageUri: `${inputs["repositoryUrl"]}@sha256:${"0123456789abcdef".repeat(4)}` };
    case "awsx:ec2:Vpc":
      return {
        vpcId: "vpc-0a",
        isolatedSubnetIds: ["subnet-0a", "subnet-0b"],
        privateSubnetIds: ["subnet-1a", "subnet-1b"],
        routeTables: [{ id: "rtb-0a" }, { id: "rtb-0b" }],
      };
    default:
      throw new Error(`no mock makes ${type}: add it to test/support/mocks.ts`);
  }
}

function answer(token: string, inputs: Record<string, string>) {
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: "123456789012" };
    case "aws:index/getPartition:getPartition":
      return { partition: "aws" };
    case "aws:index/getRegion:getRegion":
      return { region };
    case "aws:sagemaker/getPrebuiltEcrImage:getPrebuiltEcrImage":
      return {
        registryPath: `257758044811.dkr.ecr.${inputs["region"]}.amazonaws.com/${inputs["repositoryName"]}:${inputs["imageTag"]}`,
      };
    default:
      throw new Error(`no mock answers ${token}: add it to test/support/mocks.ts`);
  }
}

async function drain() {
  // missing from the typings; waits for what resources register while others resolve, too
  await (pulumi.runtime as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs();
}

function guard(resources: Recorded[], components: string[]) {
  const seen = new Set<string>();
  for (const urn of [...resources.map(({ type, name }) => `${type} ${name}`), ...components]) {
    if (seen.has(urn)) throw new Error(`${urn} is registered twice`);
    seen.add(urn);
  }
  for (const { type, name, inputs } of resources) {
    if (JSON.stringify(inputs).includes("Calling [toString] on an [Output<T>]")) {
      throw new Error(`${type} ${name} has an Output in a plain string`);
    }
  }
}

function findOne(resources: Recorded[], name: string): Recorded {
  const found = resources.filter((resource) => resource.name === name);
  if (found.length !== 1 || found[0] === undefined) {
    const names = resources.map((resource) => resource.name).join(", ");
    throw new Error(`${found.length} resources are called ${name}; there are ${names}`);
  }
  return found[0];
}
