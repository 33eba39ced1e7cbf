import { randomBytes } from "node:crypto";
import { type Clients, type CloudEndpoint, closeClients, createClients } from "./clients.ts";
import { Creations } from "./creations.ts";
import { functions } from "./functions/index.ts";
import { partitionOf } from "./partition.ts";
import { isAbsent, type Problem, shapeProblems } from "./properties/index.ts";
import type { Cloud, Properties, ResourceType } from "./resource-type.ts";
import { resourceTypes } from "./resources/index.ts";
import { isUnknown } from "./wire.ts";

/** A resource as the program declares it. */
export interface Subject {
  type: string;
  /** The name in the program, not the one in AWS. */
  name: string;
  /** Which one of which stack of which project it is, to know it again. */
  urn?: string;
}

export interface Difference {
  kind: "same" | "update" | "replace";
  /** Inputs that differ. */
  changed: string[];
  /** Those of them that make it a replacement. */
  replaces: string[];
  /** The old one must go before the new one can be: both would have one name. */
  deleteBeforeReplace: boolean;
}

/** A resource in the cloud. `outputs` holds its inputs too, as @pulumi/aws gives them. */
export interface Resource {
  id: string;
  outputs: Properties;
}

/** A resource as it is found in the cloud. */
export interface Found extends Resource {
  /** Inputs that are no longer what they were set to, as they are now; undefined: no longer set. */
  drifted: Properties;
}

/**
 * The resource types of @pulumi/aws that the program uses, over AWS SDK calls to the local cloud. It keeps no state: front
 * ends do (in-process.ts here; the real engine). Calls mirror the engine's: check, diff, create, read, update, delete.
 */
export class Provider {
  readonly #cloud: Cloud;
  readonly #creations: Creations;

  constructor(endpoint: CloudEndpoint, clients: Clients = createClients(endpoint)) {
    this.#cloud = { ...endpoint, clients, partition: partitionOf(endpoint.region).id };
    this.#creations = new Creations(endpoint.stateDir);
  }

  /** Inputs with a made-up name where there is none, and all that is wrong with them. `old`: the inputs before, if any. */
  check(
    subject: Subject,
    inputs: Properties,
    old?: Properties,
  ): { inputs: Properties; problems: Problem[] } {
    const known = resourceTypes.get(subject.type);
    if (known === undefined) {
      const reason = `the local provider does not support this resource type. It knows ${[...resourceTypes.keys()].join(", ")}`;
      return { inputs, problems: [{ path: "", reason }] };
    }
    const given = Object.fromEntries(
      Object.entries(inputs).filter(([, value]) => !isAbsent(value)),
    );
    const named = { ...autoname(known, subject, given, old), ...given };
    const problems = shapeProblems(known.inputs, named);
    const values = Object.values(named);
    if (problems.length === 0 && known.problems !== undefined && !values.some(isUnknown)) {
      problems.push(...known.problems(named).map((reason) => ({ path: "", reason })));
    }
    return { inputs: named, problems };
  }

  /** What `inputs` change in a resource whose inputs were `old`; both checked. */
  diff(subject: Subject, old: Properties, inputs: Properties): Difference {
    const known = typeOf(subject.type);
    const properties = Object.entries(known.inputs);
    const changed = properties.filter(([key, property]) => !property.same(old[key], inputs[key]));
    const here = known.replacing?.(inputs) ?? [];
    const replacing = changed.filter(
      ([key, property]) => property.replaces || known.update === undefined || here.includes(key),
    );
    const kind = replacing.length > 0 ? "replace" : changed.length > 0 ? "update" : "same";
    return {
      kind,
      changed: changed.map(([key]) => key),
      replaces: replacing.map(([key]) => key),
      deleteBeforeReplace:
        kind === "replace" &&
        known.identity.length > 0 &&
        !changed.some(([key]) => known.identity.includes(key)),
    };
  }

  /**
   * What a front end had made, and was killed before it knew, is deleted and made again.
   * @throws what the AWS SDK throws
   */
  async create(subject: Subject, inputs: Properties): Promise<Resource> {
    const known = typeOf(subject.type);
    const name = nameIn(known, inputs);
    const { urn, type } = subject;
    const creation = urn === undefined || name === "" ? undefined : { urn, type, name };
    const wasBegun = creation !== undefined && (await this.#creations.has(creation));
    if (creation !== undefined) await this.#creations.begin(creation);
    const created = await known.create(inputs, this.#cloud).catch(async (error: Error) => {
      if (!wasBegun || !standsInTheWay.test(error.name)) throw error;
      await known.delete(name, inputs, this.#cloud).catch(() => {
        throw error;
      });
      return known.create(inputs, this.#cloud);
    });
    if (typeof created === "string") return this.#made(subject, created, inputs);
    return this.#made(subject, created.id, { ...created.outputs, ...inputs });
  }

  /** undefined: it is gone. `state`: outputs as they were last. */
  async read(subject: Subject, id: string, state: Properties): Promise<Resource | undefined> {
    const known = typeOf(subject.type);
    try {
      const live = await known.read(id, state, this.#cloud);
      return live && { id, outputs: { ...state, ...live } };
    } catch (error) {
      if (isNotFound(known, error)) return undefined;
      throw error;
    }
  }

  /** As {@link read}, and what somebody else has changed since `inputs` were written. */
  async refresh(
    subject: Subject,
    id: string,
    inputs: Properties,
    state: Properties,
  ): Promise<Found | undefined> {
    const found = await this.read(subject, id, state);
    if (found === undefined) return undefined;
    const drifted = Object.entries(typeOf(subject.type).inputs)
      .filter(([key, property]) => !property.holds(inputs[key], found.outputs[key]))
      .map(([key]) => [key, found.outputs[key]]);
    return { ...found, drifted: Object.fromEntries(drifted) };
  }

  /** Outputs that {@link update} will give, as far as they are known before. `before`: the inputs as they were last. */
  plan(subject: Subject, state: Properties, before: Properties, inputs: Properties): Properties {
    const known = typeOf(subject.type);
    const { tags } = known.inputs;
    const changing = new Set(known.changing);
    if (tags !== undefined && !tags.same(before["tags"], inputs["tags"])) changing.add("tagsAll");
    const kept = Object.entries(state).filter(
      ([key]) => !(key in known.inputs) && !changing.has(key),
    );
    return { ...Object.fromEntries(kept), ...inputs };
  }

  /** @throws what the AWS SDK throws. `state`: outputs as they were last. */
  async update(
    subject: Subject,
    id: string,
    state: Properties,
    inputs: Properties,
  ): Promise<Resource> {
    const known = typeOf(subject.type);
    if (known.update === undefined)
      throw new Error(`${subject.type} cannot be updated, only replaced`);
    const told = await known.update(id, inputs, state, this.#cloud);
    return this.#made(subject, id, { ...told, ...inputs });
  }

  /** Nothing happens where the resource is gone already. `state`: outputs as they were last. */
  async delete(subject: Subject, id: string, state: Properties): Promise<void> {
    const known = typeOf(subject.type);
    try {
      await known.delete(id, state, this.#cloud);
    } catch (error) {
      if (!isNotFound(known, error)) throw error;
    }
    if (subject.urn !== undefined) await this.#creations.end(subject.urn, nameIn(known, state));
  }

  /** Whether a change of `property` replaces resources of this type. */
  replaces(type: string, property: string): boolean {
    const known = typeOf(type);
    return known.update === undefined || (known.inputs[property]?.replaces ?? false);
  }

  /** @throws where the function is unknown or its arguments are wrong, in the words of the real provider where it has any. */
  async invoke(token: string, args: Properties): Promise<Properties> {
    const found = functions.get(token);
    if (found === undefined) {
      throw new Error(
        `the local provider does not support ${token}. It knows ${[...functions.keys()].join(", ")}`,
      );
    }
    const problems = shapeProblems(found.inputs, args);
    if (problems.length > 0)
      throw new Error(`${token}: ${problems.map(describeProblem).join("; ")}`);
    return found.call(args, this.#cloud);
  }

  /** Ends all connections. */
  close(): void {
    closeClients(this.#cloud.clients);
  }

  /** `known`: inputs, and outputs that came with the call. */
  async #made(subject: Subject, id: string, known: Properties): Promise<Resource> {
    const made = await this.read(subject, id, known);
    if (made === undefined)
      throw new Error(`${subject.type} ${id} is not there after it was written`);
    return { id, outputs: { ...made.outputs, ...known } };
  }
}

/** By which AWS says that there is such a resource already. */
const standsInTheWay = /AlreadyExists|AlreadyOwned|ResourceConflict/;

/** The name by which AWS knows the resource, "" for those that have none of their own. */
function nameIn({ autoname }: ResourceType, properties: Properties): string {
  return autoname === undefined ? "" : String(properties[autoname] ?? "");
}

export function describeProblem({ path, reason }: Problem): string {
  return path === "" ? reason : `${path}: ${reason}`;
}

function typeOf(type: string): ResourceType {
  const known = resourceTypes.get(type);
  if (known === undefined) throw new Error(`the local provider does not support ${type}`);
  return known;
}

/** As the engine does it: the name in the program, a hyphen and seven random digits, kept from one update to the next. */
function autoname(
  known: ResourceType,
  { name }: Subject,
  inputs: Properties,
  old?: Properties,
): Properties {
  if (known.autoname === undefined) return {};
  const property = known.autoname;
  if (property in inputs) return {};
  const before = old?.[property];
  const pattern = /-[0-9a-f]{7}$/;
  if (typeof before === "string" && before.startsWith(`${name}-`) && pattern.test(before)) {
    return { [property]: before };
  }
  // Too long is for the check to refuse: cut, two names could become one.
  return { [property]: `${name}-${randomBytes(4).toString("hex").slice(0, 7)}` };
}

function isNotFound(known: ResourceType, error: unknown): boolean {
  return error instanceof Error && known.notFound.includes(error.name);
}
