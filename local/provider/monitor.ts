import { DependencyResource } from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import type { Constructed } from "../awsx/construct.ts";
import type { Resource } from "./provider.ts";
import type { Registration } from "./registration.ts";
import type { Properties } from "./resource-type.ts";
import { urnOf } from "./urn.ts";
import { decodeProperties, encodeRecord } from "./wire.ts";

/** What stands behind the monitor. An error of `register` is told to whoever runs the deployment, not to the program. */
export interface Engine {
  register(registration: Registration): Promise<Resource>;
  /** `act` makes a component of another package, whose parts are registered one by one. */
  construct<T>(registration: Registration, act: () => Promise<T>): Promise<T>;
  invoke(token: string, args: Properties): Promise<Properties>;
}

type Callback = (error: unknown, response?: unknown) => void;

interface Struct {
  toJavaScript(): Record<string, unknown>;
}

/** The parts of Pulumi's RegisterResourceRequest that are read here. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getRemote(): boolean;
  getImportid(): string;
  getTransformsList(): unknown[];
  getObject(): Struct;
  getDependenciesList(): string[];
  getPropertydependenciesMap(): Map<string, { getUrnsList(): string[] }>;
  getDeletebeforereplace(): boolean;
  getDeletebeforereplacedefined(): boolean;
  getIgnorechangesList(): string[];
  getProtect(): boolean;
  getRetainondelete(): boolean;
}

interface InvokeRequest {
  getTok(): string;
  getArgs(): Struct;
}

/**
 * The engine's end of a Pulumi program that runs in this process. Pulumi's own monitor for tests hides parents, options and
 * dependencies, and makes URNs of its own: this one passes on what the real engine is told.
 */
export class DeploymentMonitor extends MockMonitor {
  readonly #engine: Engine;
  readonly #place: { project: string; stack: string };

  constructor(engine: Engine, place: { project: string; stack: string }) {
    super({
      call: () => refuse("calls of methods"),
      newResource: () => refuse("this kind of registration"),
    });
    this.#engine = engine;
    this.#place = place;
  }

  override async registerResource(request: RegisterRequest, callback: Callback): Promise<void> {
    const urn = urnOf(this.#place, request.getParent(), request.getType(), request.getName());
    const given = request.getObject().toJavaScript();
    if (!request.getCustom() && !request.getRemote()) {
      callback(null, answer(urn, "", given));
      return;
    }
    if (request.getRemote()) {
      const { registration, act } = constructionOf(urn, given, request);
      await this.#engine.construct(registration, act).then(
        (made) => callback(null, answer(made.urn, "", made.state, made.dependencies)),
        () => {},
      );
      return;
    }
    // No answer after an error: the program stands still where it is, and nothing of it becomes an unhandled rejection
    // beside the error that the deployment ends with.
    await this.#engine.register(registrationOf(urn, given, request)).then(
      ({ id, outputs }) => callback(null, answer(urn, id, { ...plain(outputs), ...given })),
      () => {},
    );
  }

  override async readResource(request: { getType(): string }, callback: Callback): Promise<void> {
    callback(new Error(`the local provider cannot look up resources (${request.getType()}.get)`));
  }

  override registerResourceOutputs(_request: unknown, callback: Callback): void {
    callback(null, {});
  }

  override async invoke(request: InvokeRequest, callback: Callback): Promise<void> {
    const { values } = decodeProperties(request.getArgs().toJavaScript());
    await this.#engine.invoke(request.getTok(), values).then(
      (result) =>
        callback(null, { getFailuresList: () => [], getReturn: () => struct(plain(result)) }),
      (error: Error) => callback(Object.assign(error, { details: error.message })),
    );
  }
}

function registrationOf(urn: string, given: Properties, request: RegisterRequest): Registration {
  const { values, secrets } = decodeProperties(given);
  const byProperty = [...request.getPropertydependenciesMap().entries()];
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    inputs: values,
    secrets,
    dependencies: [...request.getDependenciesList()].sort(),
    propertyDependencies: Object.fromEntries(
      byProperty.map(([property, urns]) => [property, urns.getUrnsList()]),
    ),
    unsupported: [
      ...(request.getImportid() === "" ? [] : ["import"]),
      ...(request.getTransformsList().length === 0 ? [] : ["transforms"]),
    ],
    options: {
      deleteBeforeReplace: request.getDeletebeforereplacedefined()
        ? request.getDeletebeforereplace()
        : undefined,
      ignoreChanges: request.getIgnorechangesList(),
      protect: request.getProtect(),
      retainOnDelete: request.getRetainondelete(),
    },
  };
}

/** A component that a provider makes, in place of the program: in this process, within the run of the program. */
function constructionOf(urn: string, given: Properties, request: RegisterRequest) {
  const registration = registrationOf(urn, given, request);
  const { type, name, unsupported } = registration;
  // Of an image they say how Docker is to push it: there is no Docker.
  const refused = type === "awsx:ecr:Image" ? [] : unsupported;
  const act = async (): Promise<Constructed> => {
    if (refused.length > 0) throw new Error(`not supported here: ${refused.join(", ")}`);
    // Few programs have any.
    const { construct } = await import("../awsx/construct.ts");
    const { deserializeInputs } = await import("../awsx/deserialize-inputs.ts");
    const parent = request.getParent();
    return construct({
      type,
      name,
      inputs: await deserializeInputs(request.getObject(), request.getPropertydependenciesMap()),
      options: parent === "" ? {} : { parent: new DependencyResource(parent) },
    });
  };
  return { registration, act };
}

/**
 * The response as the SDK reads it; it asks for no more, in this process.
 *
 * @param dependencies what each property comes from, where that is not the resource itself
 */
function answer(
  urn: string,
  id: string,
  properties: Properties,
  dependencies?: ReadonlyMap<string, string[]>,
) {
  const of = [...(dependencies ?? [])].map(([key, urns]) => [key, { getUrnsList: () => urns }]);
  return {
    getUrn: () => urn,
    getId: () => id,
    getObject: () => struct(properties),
    getPropertydependenciesMap: () => dependencies && new Map(of as [string, object][]),
    getResult: () => 0,
    getUnknown: () => false,
  };
}

function struct(properties: Properties): Struct {
  return { toJavaScript: () => properties as Record<string, unknown> };
}

/** Without what JSON cannot say: the SDK refuses undefined. */
function plain(properties: Properties): Properties {
  return JSON.parse(JSON.stringify(encodeRecord(properties)));
}

function refuse(what: string): never {
  throw new Error(`the local provider does not support ${what}`);
}
