import type { Subject } from "../../../local/provider/provider.ts";
import type { Properties } from "../../../local/provider/resource-type.ts";

export interface ResourceCase extends Subject {
  inputs: Properties;
  /** The same resource with everything different that can be changed in place. Absent: every change replaces. */
  updated?: Properties;
  id: string;
  /** Some of what @pulumi/aws gives besides the inputs. */
  outputs: Properties;
  /** Inputs of which AWS gives no account. */
  unread?: string[];
  /** An output that tells of them nevertheless: an update changes it. */
  fingerprint?: string;
  /** It is a setting of something else, and is there as long as that is. */
  remains?: boolean;
  /** Each a change of one input that makes a new resource, and whether the old one must go first. */
  replacing: [input: string, value: unknown, deleteFirst: boolean][];
}
