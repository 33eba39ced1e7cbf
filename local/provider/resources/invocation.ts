import { createHash } from "node:crypto";
import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { type InputsOf, json, map, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";

const inputs = {
  functionName: text({ required: true, replaces: true }),
  input: json({ required: true }),
  qualifier: text({ replaces: true }),
  lifecycleScope: text({ values: ["CREATE_ONLY", "CRUD"] }),
  terraformKey: text(),
  triggers: map(text(), { replaces: true }),
};

type Inputs = InputsOf<typeof inputs>;
type Action = "create" | "update" | "delete";

/** A call of a function that is made when the resource is; with the scope CRUD also when it changes and when it goes. */
export const invocation = resourceType({
  type: "aws:lambda/invocation:Invocation",
  inputs,
  identity: [],
  changing: ["result"],
  notFound: ["ResourceNotFoundException"],

  problems: ({ input, lifecycleScope }) =>
    lifecycleScope === "CRUD" && !isObject(JSON.parse(input))
      ? ["input must be an object where lifecycleScope is CRUD: the action is put into it"]
      : [],

  replacing: ({ lifecycleScope }) => (lifecycleScope === "CRUD" ? [] : ["input"]),

  async create(values, { clients: { lambda } }) {
    const payload = payloadOf("create", values, undefined);
    const result = await invoke(lambda, values, payload);
    const hash = createHash("md5").update(payload).digest("hex");
    return { id: `${values.functionName}_${qualifierOf(values)}_${hash}`, outputs: { result } };
  },

  // A call leaves nothing in AWS that could be read.
  async read(_id, state, { region }) {
    return { ...state, region };
  },

  async update(_id, values, state, { clients: { lambda } }) {
    return { result: await invoke(lambda, values, payloadOf("update", values, state.input)) };
  },

  async delete(_id, state, { clients: { lambda } }) {
    if (state.lifecycleScope !== "CRUD") return;
    await invoke(lambda, state, payloadOf("delete", state, state.input));
  },
});

/** As the real provider writes it: the scope CRUD adds the action and the input of the call before. */
function payloadOf(action: Action, values: Inputs, before: string | undefined): string {
  if (values.lifecycleScope !== "CRUD") return values.input;
  const previous = before === undefined ? null : JSON.parse(before);
  return JSON.stringify({
    ...JSON.parse(values.input),
    [values.terraformKey ?? "tf"]: { action, prev_input: previous },
  });
}

/** @throws an Error with what the function gave back, when it failed. */
async function invoke(lambda: LambdaClient, values: Inputs, payload: string): Promise<string> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({
      FunctionName: values.functionName,
      Qualifier: qualifierOf(values),
      InvocationType: "RequestResponse",
      Payload: payload,
    }),
  );
  const result = Payload?.transformToString() ?? "";
  if (FunctionError) throw new Error(`function ${values.functionName} failed: ${result}`);
  return result;
}

function qualifierOf({ qualifier }: Inputs): string {
  return qualifier ?? "$LATEST";
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
