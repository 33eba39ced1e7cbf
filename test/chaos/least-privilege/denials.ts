import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Permission } from "./permission.ts";

/** One call that IAM denied, as the local cloud's log tells it. */
export interface Denial {
  principal: string;
  action: string;
  resource: string;
}

const line = /^denied: (\S+) may not (\S+) on (\S+)$/gm;

/** What IAM denies from now on. */
export class Denials {
  readonly #file: string;
  readonly #start: number;

  private constructor(file: string, start: number) {
    this.#file = file;
    this.#start = start;
  }

  static async from(stateDir: string): Promise<Denials> {
    const file = join(stateDir, "logs", "ministack.log");
    return new Denials(file, (await stat(file)).size);
  }

  async seen(): Promise<Denial[]> {
    const text = (await readFile(this.#file)).subarray(this.#start).toString();
    return [...text.matchAll(line)].map(([, principal = "", action = "", resource = ""]) => ({
      principal,
      action,
      resource,
    }));
  }
}

/** Whether it was for want of this permission. */
export function isFor(denial: Denial, { roleName, action, resource }: Permission): boolean {
  return (
    denial.principal.includes(`:assumed-role/${roleName}/`) &&
    denial.action === action &&
    covers(resource, denial.resource)
  );
}

/** Whether an ARN is among those that a pattern of a policy means. */
export function covers(pattern: string, arn: string): boolean {
  const literal = (text: string) => text.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const source = pattern.split("*").map(literal).join(".*").replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(arn);
}
