import { isDeepStrictEqual } from "node:util";
import { deletionOrder } from "./deletion-order.ts";
import { DeploymentError } from "./deployment-error.ts";
import { describeProblem, type Provider, type Resource, type Subject } from "./provider.ts";
import type { Progress, Registration, Summary } from "./registration.ts";
import type { Properties } from "./resource-type.ts";
import { digestsOf, unchangedSecrets, withoutSecrets } from "./secrets.ts";
import type { StackState, StateFile, StoredResource } from "./state-file.ts";

type OnProgress = (progress: Progress) => void;

/** Brings the resources of a stack from what its state says to what a program registers. */
export class Deployment {
  readonly summary: Summary = {
    created: [],
    updated: [],
    replaced: [],
    deleted: [],
    unchanged: [],
  };
  readonly #provider: Provider;
  readonly #state: StackState;
  readonly #file: StateFile;
  readonly #onProgress: OnProgress;
  readonly #old: Map<string, StoredResource>;
  readonly #registered = new Set<string>();
  /** Deleted ahead of a resource that they depend on: when they register they are replacements, not new. */
  readonly #deletedAhead = new Set<string>();

  constructor(provider: Provider, state: StackState, file: StateFile, onProgress: OnProgress) {
    this.#provider = provider;
    this.#state = state;
    this.#file = file;
    this.#onProgress = onProgress;
    this.#old = new Map(state.resources.map((resource) => [resource.urn, resource]));
  }

  /** @throws DeploymentError that names the resource. */
  async register(registration: Registration): Promise<Resource> {
    if (this.#registered.has(registration.urn)) {
      throw new DeploymentError(
        "register",
        registration,
        "this stack has a resource of this type and name already",
      );
    }
    this.#registered.add(registration.urn);
    if (registration.unsupported.length > 0) {
      const reason = `the local provider does not support ${registration.unsupported.join(", ")}`;
      throw new DeploymentError("register", registration, reason);
    }
    const old = this.#old.get(registration.urn);
    const wanted = this.#checked(registration, old);
    const live = old && (await this.#read(registration, old));
    if (old === undefined || live === undefined) return this.#create(wanted, old);
    const before = { ...old.inputs, ...unchangedSecrets(old.secretDigests, wanted.inputs) };
    const difference = this.#provider.diff(registration, before, wanted.inputs);
    switch (difference.kind) {
      case "same":
        return this.#same(wanted, old, live);
      case "update":
        return this.#update(wanted, old, before);
      case "replace": {
        const deleteFirst = wanted.options.deleteBeforeReplace ?? difference.deleteBeforeReplace;
        return this.#replace(wanted, old, deleteFirst);
      }
    }
  }

  /** Deletes what the program no longer registers, and what replacements left. */
  async deleteRest(): Promise<void> {
    const gone = this.#state.resources.filter(({ urn }) => !this.#registered.has(urn));
    await this.#deleteAll([...gone, ...this.#state.pendingDeletes]);
  }

  #checked(registration: Registration, old: StoredResource | undefined): Registration {
    const inputs = { ...registration.inputs };
    for (const property of old === undefined ? [] : registration.options.ignoreChanges) {
      inputs[property] = old?.inputs[property];
    }
    const checked = this.#provider.check(registration, inputs, old?.inputs);
    if (checked.problems.length > 0) {
      throw new DeploymentError(
        "use the inputs of",
        registration,
        checked.problems.map(describeProblem).join("; "),
      );
    }
    return { ...registration, inputs: checked.inputs };
  }

  async #read(subject: Subject, old: StoredResource): Promise<Resource | undefined> {
    return this.#named("read", subject, () => this.#provider.read(subject, old.id, old.outputs));
  }

  async #create(wanted: Registration, old: StoredResource | undefined): Promise<Resource> {
    const replaces = this.#deletedAhead.has(wanted.urn);
    const made = await this.#timed(replaces ? "replace" : "create", wanted, () =>
      this.#provider.create(wanted, wanted.inputs),
    );
    this.#keep(wanted, made, old);
    this.summary[replaces ? "replaced" : "created"].push(subjectOf(wanted));
    return made;
  }

  #same(wanted: Registration, old: StoredResource, live: Resource): Resource {
    const same = { id: old.id, outputs: { ...live.outputs, ...wanted.inputs } };
    this.#keep(wanted, same, old);
    this.summary.unchanged.push(subjectOf(wanted));
    this.#onProgress({ operation: "same", ...subjectOf(wanted), milliseconds: 0 });
    return same;
  }

  async #update(wanted: Registration, old: StoredResource, before: Properties): Promise<Resource> {
    const state = { ...old.outputs, ...before };
    const updated = await this.#timed("update", wanted, () =>
      this.#provider.update(wanted, old.id, state, wanted.inputs),
    );
    this.#keep(wanted, updated, old);
    this.summary.updated.push(subjectOf(wanted));
    return updated;
  }

  async #replace(
    wanted: Registration,
    old: StoredResource,
    deleteFirst: boolean,
  ): Promise<Resource> {
    if (old.protect) throw new DeploymentError("replace", wanted, protectedReason);
    if (deleteFirst) {
      const doomed = this.#replacedWith(old);
      for (const { urn } of doomed) this.#deletedAhead.add(urn);
      await this.#deleteAll(doomed);
    }
    const made = await this.#timed("replace", wanted, () =>
      this.#provider.create(wanted, wanted.inputs),
    );
    if (!deleteFirst) this.#state.pendingDeletes.push(old);
    this.#keep(wanted, made, deleteFirst ? undefined : old);
    this.summary.replaced.push(subjectOf(wanted));
    return made;
  }

  /** `resource` and all that cannot outlive it: those with a replacing input that comes from it, and theirs. */
  #replacedWith(resource: StoredResource): StoredResource[] {
    const doomed = new Set([resource]);
    for (const { urn } of doomed) {
      for (const candidate of this.#state.resources) {
        const uses = Object.entries(candidate.propertyDependencies).some(
          ([property, urns]) =>
            urns.includes(urn) && this.#provider.replaces(candidate.type, property),
        );
        if (uses) doomed.add(candidate); // A set is walked on to what is added meanwhile.
      }
    }
    return [...doomed];
  }

  async #deleteAll(resources: readonly StoredResource[]): Promise<void> {
    for (const resource of resources) {
      if (resource.protect) {
        throw new DeploymentError("delete", resource, protectedReason);
      }
    }
    await deletionOrder(resources, async (resource) => {
      const replaced = this.#registered.has(resource.urn) || this.#deletedAhead.has(resource.urn);
      const remove = () =>
        this.#provider.delete(resource, resource.id, { ...resource.outputs, ...resource.inputs });
      if (!resource.retainOnDelete) {
        // Half of a replacement is no deletion to tell of.
        if (replaced) await this.#named("delete", resource, remove);
        else await this.#timed("delete", resource, remove);
      }
      this.#forget(resource);
      if (!replaced) this.summary.deleted.push(subjectOf(resource));
    });
  }

  #keep(wanted: Registration, { id, outputs }: Resource, old: StoredResource | undefined): void {
    const { urn, type, name, inputs, secrets, dependencies, propertyDependencies, options } =
      wanted;
    const hidden = Object.fromEntries(secrets.map((key) => [key, inputs[key]]));
    const stored: StoredResource = {
      urn,
      type,
      name,
      id,
      inputs: withoutSecrets(inputs, hidden),
      outputs: withoutSecrets(outputs, hidden),
      secretDigests: digestsOf(hidden),
      dependencies,
      propertyDependencies,
      protect: options.protect,
      retainOnDelete: options.retainOnDelete,
    };
    const index = old === undefined ? -1 : this.#state.resources.indexOf(old);
    if (index === -1) this.#state.resources.push(stored);
    else this.#state.resources[index] = stored;
    this.#old.delete(urn);
    if (!isDeepStrictEqual(old, stored)) this.#save();
  }

  #forget(resource: StoredResource): void {
    for (const among of [this.#state.resources, this.#state.pendingDeletes]) {
      const index = among.indexOf(resource);
      if (index !== -1) among.splice(index, 1);
    }
    if (this.#old.get(resource.urn) === resource) this.#old.delete(resource.urn);
    this.#save();
  }

  /** Errors of the file come to light with the last save, which the front end waits for. */
  #save(): void {
    this.#file.save(this.#state).catch(() => {});
  }

  async #timed<T>(
    operation: Progress["operation"],
    subject: Subject,
    act: () => Promise<T>,
  ): Promise<T> {
    const start = performance.now();
    const result = await this.#named(operation, subject, act);
    const milliseconds = Math.round(performance.now() - start);
    this.#onProgress({ operation, ...subjectOf(subject), milliseconds });
    return result;
  }

  async #named<T>(operation: string, subject: Subject, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw new DeploymentError(operation, subject, error);
    }
  }
}

const protectedReason = "it is protected. Take away protect first";

function subjectOf({ type, name }: Subject): Subject {
  return { type, name };
}
