import { existsSync } from "node:fs";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parse, stringify } from "yaml";

export interface PolicyPackFolders {
  /** Where packs that stand for others are made. */
  folder: string;
  /** The engine's home, with its plugins. */
  home: string;
}

const runtime = "local-node";
const option = "--policy-pack";

/** What the engine starts for packs of the runtime. */
const plugin = `pulumi-analyzer-policy-${runtime}`;

/**
 * The arguments with each policy pack for Node.js replaced by one that stands for it.
 *
 * The engine has the language host run a pack of the runtime `nodejs`, which the host that can be built from Go modules is too
 * old for. A pack of a runtime without a language host is started by a plugin of the runtime's name: here one that runs the pack
 * where it is.
 *
 * @param args with absolute paths
 */
export async function withPolicyPacks(
  args: readonly string[],
  folders: PolicyPackFolders,
): Promise<string[]> {
  if (!args.some((arg) => arg === option || arg.startsWith(`${option}=`))) return [...args];
  await installPlugin(folders.home);
  return await Promise.all(
    args.map(async (arg, index) => {
      if (arg.startsWith(`${option}=`)) {
        return `${option}=${await standIn(arg.slice(option.length + 1), folders.folder)}`;
      }
      return args[index - 1] === option ? await standIn(arg, folders.folder) : arg;
    }),
  );
}

async function installPlugin(home: string): Promise<void> {
  const folder = join(home, "plugins", `analyzer-policy-${runtime}-v1.0.0`);
  await mkdir(folder, { recursive: true });
  const link = join(folder, plugin);
  await rm(link, { force: true }); // The project may have moved.
  await symlink(join(import.meta.dirname, "policy-runtime", plugin), link);
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
