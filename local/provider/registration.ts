import type { Subject } from "./provider.ts";
import type { Properties } from "./resource-type.ts";

/** A resource as the program registers it, with resolved inputs. */
export interface Registration extends Subject {
  urn: string;
  inputs: Properties;
  /** Names of the inputs that hold a secret. */
  secrets: string[];
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  /** What the program asks for and only the real engine can do. */
  unsupported: string[];
  options: {
    /** As the program says; undefined leaves it to the provider. */
    deleteBeforeReplace: boolean | undefined;
    ignoreChanges: string[];
    protect: boolean;
    retainOnDelete: boolean;
  };
}

/** What a deployment did, in the order in which it did it. */
export interface Summary {
  created: Subject[];
  updated: Subject[];
  replaced: Subject[];
  deleted: Subject[];
  unchanged: Subject[];
}

export interface Progress extends Subject {
  operation: "create" | "update" | "replace" | "delete" | "same";
  milliseconds: number;
}
