import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parse, stringify } from "yaml";

/** Folder for PATH: it holds what starts packs of the runtime `local-node`. */
export const policyRuntimeFolder = join(import.meta.dirname, "policy-runtime");

const runtime = "local-node";
const option = "--policy-pack";

/**
 * The arguments with each policy pack for Node.js replaced by one that stands for it in `folder`.
 *
 * The engine has the language host run a pack of the runtime `nodejs`, which the host that can be built from Go modules is too
 * old for. A pack of a runtime without a language host is started by an executable of the runtime's name: here one that runs the
 * pack where it is.
 *
 * @param args with absolute paths
 */
export async function withPolicyPacks(args: readonly string[], folder: string): Promise<string[]> {
  return await Promise.all(
    args.map(async (arg, index) => {
      if (arg.startsWith(`${option}=`)) {
        return `${option}=${await standIn(arg.slice(option.length + 1), folder)}`;
      }
      return args[index - 1] === option ? await standIn(arg, folder) : arg;
    }),
  );
}

async function standIn(pack: string, folder: string): Promise<string> {
  const file = join(pack, "PulumiPolicy.yaml");
  if (!existsSync(file)) return pack; // The CLI says so.
  const definition = parse(await readFile(file, "utf8"));
  if ((definition.runtime?.name ?? definition.runtime) !== "nodejs") return pack;
  const path = join(folder, basename(pack));
  await mkdir(path, { recursive: true });
  const replaced = { ...definition, runtime: { name: runtime, options: { pack } } };
  await writeFile(join(path, "PulumiPolicy.yaml"), stringify(replaced));
  return path;
}
