import type { Clients, CloudEndpoint } from "./clients.ts";
import type { InputsOf, Shape } from "./properties/index.ts";

/** What a resource type works with. */
export interface Cloud extends CloudEndpoint {
  clients: Clients;
  /** `aws`, `aws-cn`, `aws-us-gov`, ... */
  partition: string;
}

/** A resource that was made, with outputs that nothing can be asked for later. */
export interface Created {
  id: string;
  outputs: Properties;
}

export type Properties = Readonly<Record<string, unknown>>;

/**
 * One type of @pulumi/aws, and how it is made and kept in the local cloud. Ids and properties are those of the real
 * provider, so that a program cannot tell the two apart.
 *
 * `state` is what was known of the resource last: its inputs, and what `read` gave.
 */
export interface ResourceType<S extends Shape = Shape> {
  /** `aws:s3/bucket:Bucket` */
  readonly type: string;
  /** All inputs that this provider knows. Any other is refused: leaving it out silently would not be what AWS does. */
  readonly inputs: S;
  /** The input that is made up from the resource's name where the program gives none. */
  readonly autoname?: keyof S & string;
  /** Inputs that together tell one resource from another in AWS. Two with the same cannot exist side by side. None: any can. */
  readonly identity: readonly (keyof S & string)[];
  /** Outputs, beside inputs, that an update may change. A preview of an update takes all others as they are. */
  readonly changing?: readonly string[];
  /** Names of the errors by which AWS says that there is no such resource. */
  readonly notFound: readonly string[];
  /** Rules that bind several inputs, one sentence each. Called with inputs that are right one by one. */
  problems?(inputs: InputsOf<S>): string[];
  /** Inputs that replace because of what others are, beside those that always do. */
  replacing?(inputs: InputsOf<S>): readonly (keyof S & string)[];
  /** Gives the id. */
  create(inputs: InputsOf<S>, cloud: Cloud): Promise<string | Created>;
  /** Properties as they are now, or undefined where the resource is gone. Inputs that AWS does not tell may be left out. */
  read(id: string, state: InputsOf<S>, cloud: Cloud): Promise<Properties | undefined>;
  /** Absent where every change replaces. Gives outputs that nothing can be asked for later, if any. */
  update?(
    id: string,
    inputs: InputsOf<S>,
    state: InputsOf<S>,
    cloud: Cloud,
  ): Promise<Properties | undefined> | Promise<void>;
  delete(id: string, state: InputsOf<S>, cloud: Cloud): Promise<void>;
}

/** Has the types of a declaration's inputs follow from its `inputs`, then forgets them: the provider treats all types alike. */
export function resourceType<S extends Shape>(declaration: ResourceType<S>): ResourceType {
  return declaration as unknown as ResourceType;
}
