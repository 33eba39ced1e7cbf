import aws from "@pulumi/aws/package.json" with { type: "json" };
import pluginProtocol from "@pulumi/pulumi/proto/plugin_pb.js";
import type * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import protocol from "@pulumi/pulumi/proto/provider_pb.js";
import emptyMessages from "google-protobuf/google/protobuf/empty_pb.js";
import structMessages from "google-protobuf/google/protobuf/struct_pb.js";
import type { Provider, Subject } from "../provider/provider.ts";
import type { Properties } from "../provider/resource-type.ts";
import { decodeProperties } from "../provider/wire.ts";
import { changedPaths } from "./detailed-diff.ts";
import { providerConfigProblems } from "./provider-config.ts";
import { outputsOf } from "./secret-outputs.ts";

/** Pulumi's protocol for resource providers, answered from the provider that deployments in this process use too. */
export class ProviderService {
  readonly #provider: Provider;
  readonly #region: string;

  constructor(provider: Provider, region: string) {
    this.#provider = provider;
    this.#region = region;
  }

  async handshake(): Promise<messages.ProviderHandshakeResponse> {
    const response = new protocol.ProviderHandshakeResponse();
    response.setAcceptSecrets(true);
    return response;
  }

  async attach() {
    return new emptyMessages.Empty();
  }

  async cancel() {
    return new emptyMessages.Empty();
  }

  async getPluginInfo() {
    const response = new pluginProtocol.PluginInfo();
    response.setVersion(aws.version);
    return response;
  }

  async checkConfig(request: messages.CheckRequest): Promise<messages.CheckResponse> {
    const news = properties(request.getNews());
    const problems = providerConfigProblems(decodeProperties(news).values, this.#region);
    return checkResponse(news, problems);
  }

  async diffConfig(): Promise<messages.DiffResponse> {
    const response = new protocol.DiffResponse();
    response.setChanges(protocol.DiffResponse.DiffChanges.DIFF_NONE);
    return response;
  }

  async configure(): Promise<messages.ConfigureResponse> {
    const response = new protocol.ConfigureResponse();
    response.setAcceptsecrets(true);
    response.setSupportspreview(true);
    return response;
  }

  async check(request: messages.CheckRequest): Promise<messages.CheckResponse> {
    const news = properties(request.getNews());
    const olds = properties(request.getOlds());
    const given = decodeProperties(news).values;
    const checked = this.#provider.check(subjectOf(request), given, decodeProperties(olds).values);
    // What came goes back as it came, secrets and assets included; the check adds a name at most.
    const added = Object.entries(checked.inputs).filter(([name]) => isAbsent(news[name]));
    return checkResponse({ ...news, ...Object.fromEntries(added) }, checked.problems);
  }

  async diff(request: messages.DiffRequest): Promise<messages.DiffResponse> {
    const before = decodeProperties(properties(request.getOldInputs())).values;
    const after = decodeProperties(properties(request.getNews())).values;
    const difference = this.#provider.diff(subjectOf(request), before, after);
    const response = new protocol.DiffResponse();
    const { DIFF_SOME, DIFF_NONE } = protocol.DiffResponse.DiffChanges;
    response.setChanges(difference.kind === "same" ? DIFF_NONE : DIFF_SOME);
    response.setDiffsList(difference.changed);
    response.setReplacesList(difference.replaces);
    response.setDeletebeforereplace(difference.deleteBeforeReplace);
    response.setHasdetaileddiff(true);
    const { Kind } = protocol.PropertyDiff;
    const kinds = { add: Kind.ADD, delete: Kind.DELETE, update: Kind.UPDATE };
    const replacing = {
      add: Kind.ADD_REPLACE,
      delete: Kind.DELETE_REPLACE,
      update: Kind.UPDATE_REPLACE,
    };
    for (const name of difference.changed) {
      const kindOf = difference.replaces.includes(name) ? replacing : kinds;
      for (const [path, change] of changedPaths(name, before[name], after[name])) {
        const detail = new protocol.PropertyDiff();
        detail.setKind(kindOf[change]);
        detail.setInputdiff(true);
        response.getDetaileddiffMap().set(path, detail);
      }
    }
    return response;
  }

  async create(request: messages.CreateRequest): Promise<messages.CreateResponse> {
    const wire = properties(request.getProperties());
    const response = new protocol.CreateResponse();
    if (request.getPreview()) {
      // What is left out is unknown: ids and ARNs are the cloud's to give.
      response.setProperties(struct(wire));
      return response;
    }
    const { values: inputs, secrets } = decodeProperties(wire);
    const { id, outputs } = await this.#provider.create(subjectOf(request), inputs);
    response.setId(id);
    response.setProperties(struct(outputsOf(wire, { inputs, secrets, outputs })));
    return response;
  }

  async read(request: messages.ReadRequest): Promise<messages.ReadResponse> {
    const subject = subjectOf(request);
    const wire = properties(request.getInputs());
    const state = properties(request.getProperties());
    if (Object.keys(state).length === 0) {
      throw new Error(`the local provider cannot look up or import resources (${subject.type})`);
    }
    const response = new protocol.ReadResponse();
    const { values: inputs, secrets } = decodeProperties(wire);
    const id = request.getId();
    const before = decodeProperties(state).values;
    const found = await this.#provider.refresh(subject, id, inputs, before);
    if (found === undefined) return response; // Without an id: it is gone.
    const live = { ...wire, ...found.drifted };
    response.setId(id);
    response.setInputs(struct(live));
    response.setProperties(struct(outputsOf(live, { inputs, secrets, outputs: found.outputs })));
    return response;
  }

  async update(request: messages.UpdateRequest): Promise<messages.UpdateResponse> {
    const subject = subjectOf(request);
    const wire = properties(request.getNews());
    const { values: inputs, secrets } = decodeProperties(wire);
    const olds = decodeProperties(properties(request.getOlds())).values;
    const before = decodeProperties(properties(request.getOldInputs())).values;
    const outputs = request.getPreview()
      ? this.#provider.plan(subject, olds, before, inputs)
      : (await this.#provider.update(subject, request.getId(), { ...olds, ...before }, inputs))
          .outputs;
    const response = new protocol.UpdateResponse();
    response.setProperties(struct(outputsOf(wire, { inputs, secrets, outputs })));
    return response;
  }

  async delete(request: messages.DeleteRequest) {
    const state = decodeProperties(properties(request.getProperties())).values;
    await this.#provider.delete(subjectOf(request), request.getId(), state);
    return new emptyMessages.Empty();
  }

  async invoke(request: messages.InvokeRequest): Promise<messages.InvokeResponse> {
    const { values } = decodeProperties(properties(request.getArgs()));
    const response = new protocol.InvokeResponse();
    response.setReturn(struct(await this.#provider.invoke(request.getTok(), values)));
    return response;
  }
}

interface Problem {
  path: string;
  reason: string;
}

function checkResponse(inputs: Properties, problems: readonly Problem[]): messages.CheckResponse {
  const response = new protocol.CheckResponse();
  response.setInputs(struct(inputs));
  response.setFailuresList(
    problems.map(({ path, reason }) => {
      const failure = new protocol.CheckFailure();
      failure.setProperty(path);
      failure.setReason(reason);
      return failure;
    }),
  );
  return response;
}

function subjectOf(request: { getUrn(): string }): Subject {
  const [, , types = "", name = ""] = request.getUrn().split("::");
  return { type: types.split("$").at(-1) ?? "", name, urn: request.getUrn() };
}

function properties(of: { toJavaScript(): object } | undefined): Properties {
  const all = Object.entries(of?.toJavaScript() ?? {});
  return Object.fromEntries(all.filter(([, value]) => !isAbsent(value)));
}

function struct(values: Properties) {
  return structMessages.Struct.fromJavaScript(plain(values) as never);
}

/** Without what JSON cannot say. */
function plain(values: Properties): Properties {
  return JSON.parse(JSON.stringify(values));
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
