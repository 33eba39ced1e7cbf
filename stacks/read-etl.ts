import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { nearestName } from "../components/nearest-name.ts";
import type { EtlConfig } from "./config.ts";
import type { Problem } from "./config-error.ts";
import { readEtlArguments } from "./etl-arguments.ts";
import { etlSection } from "./pipeline-sections.ts";
import { checkScriptArgument } from "./script-arguments.ts";
import { readSection, untouched } from "./section.ts";

interface EtlRules {
  /** Taken where config names none. @default config has to name one */
  script?: string;
  /** Arguments that every run passes to the script, and what to write instead of giving them. */
  runArguments: Readonly<Record<string, string>>;
}

export function readEtl(
  { projectRoot, rules }: { projectRoot: string; rules: EtlRules },
  raw: unknown,
  path: string,
  problems: Problem[],
): Partial<EtlConfig> & Pick<EtlConfig, "arguments"> {
  const { script: fallback, runArguments } = rules;
  const script = fallback === undefined ? etlSection.script : etlSection.script.default(fallback);
  const read = readSection({ ...etlSection, script, arguments: untouched }, raw, path, problems);
  const wrong = read.script === undefined ? undefined : checkScript(projectRoot, read.script);
  if (wrong !== undefined)
    problems.push({ path: `${path}.script`, received: read.script, ...wrong });
  const checkArgument = (name: string, value: string) =>
    read.script === undefined
      ? undefined
      : checkScriptArgument(projectRoot, read.script, name, value);
  return {
    ...read,
    arguments: readEtlArguments(
      runArguments,
      checkArgument,
      read.arguments,
      `${path}.arguments`,
      problems,
    ),
  };
}

function checkScript(projectRoot: string, script: string) {
  const file = resolve(projectRoot, script);
  if (relative(projectRoot, file).startsWith("..")) {
    return {
      rule: "a file inside the project",
      remedy: "move the script below the project's folder, such as into glue/",
    };
  }
  if (extname(file) !== ".py") {
    return {
      rule: "a Python file, *.py: AWS Glue runs nothing else here",
      remedy: "name a PySpark script",
    };
  }
  // existsSync first: it takes paths at which statSync throws, such as one that is too long
  if (existsSync(file) && statSync(file).isFile()) return undefined;
  const nearest = nearestName(basename(file), scriptsIn(dirname(file)));
  return {
    rule: "a file that exists, relative to the project",
    remedy:
      nearest === undefined
        ? "create it, or correct the path"
        : `write ${join(dirname(script), nearest)}`,
  };
}

function scriptsIn(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder).filter((file) => file.endsWith(".py"));
}
