import type { Algorithm, ChannelSpec } from "../components/algorithms/algorithm.ts";
import { etlChannel, usualChannels } from "../components/etl-channel.ts";
import { nearestName } from "../components/nearest-name.ts";
import { checkDataUri } from "./check-data-uri.ts";
import type { ChannelSource } from "./config.ts";
import type { Problem } from "./config-error.ts";
import { isMapping } from "./section.ts";

type Channels = Record<string, ChannelSource>;
type Wrong = Omit<Problem, "path" | "received">;

/** What decides which channels are fed. */
export interface ChannelNeeds {
  /** `undefined` for an image: nothing is known of its channels. */
  algorithm: Algorithm | undefined;
  contentType: string;
  hyperparameters: Readonly<Record<string, string>>;
  /** The metric of the gate, where there is one. */
  metric: string | undefined;
  /** The objective of a tuning job, where there is one. */
  objective?: string | undefined;
}

/**
 * Every channel that is fed: those that the algorithm requires, `train`, those that the gate's metric and early stopping
 * need, and those that config names. A script that writes no validation data can so feed a pipeline without a gate.
 *
 * @param path of `training.channels`
 */
export function readChannels(
  needs: ChannelNeeds,
  raw: unknown,
  path: string,
  problems: Problem[],
): Channels {
  const given = raw ?? {};
  if (!isMapping(given)) {
    problems.push({
      path,
      received: raw,
      rule: "a mapping of channels to etl or an s3:// URI",
      remedy: "write <channel>: etl below it",
    });
    return {};
  }
  const read: Channels = {};
  for (const [name, received] of Object.entries(given)) {
    const wrong =
      checkName(needs.algorithm, name) ??
      (received === "etl" ? checkArgument(name, Object.keys(read)) : checkDataUri(received));
    if (wrong === undefined) read[name] = received as ChannelSource;
    else problems.push({ path: `${path}.${name}`, received, ...wrong });
  }
  for (const [name, why] of neededChannels(needs)) {
    if (Object.hasOwn(given, name)) continue;
    if (usualChannels.includes(name)) read[name] = "etl";
    else problems.push({ path: `${path}.${name}`, received: undefined, ...unfed(name, why) });
  }
  const unwanted = unwantedChannel(needs);
  if (unwanted !== undefined && Object.hasOwn(read, unwanted.channel)) {
    const { channel, metric, what } = unwanted;
    const rule = `not fed: ${needs.algorithm?.title} emits the ${what}'s metric ${metric} only without it`;
    const remedy = `remove it, or ${what === "gate" ? "gate on" : "tune by"} a metric of ${channel}`;
    problems.push({ path: `${path}.${channel}`, received: read[channel], rule, remedy });
  }
  return inOrder(needs.algorithm, read);
}

/** Channels that are fed without config's word, and why. */
function neededChannels(needs: ChannelNeeds): Map<string, string> {
  const { algorithm, hyperparameters, metric, objective } = needs;
  const why = algorithm === undefined ? [["train", "required: what it learns from"] as const] : [];
  const needed = new Map<string, string>(why);
  const add = (name: string, reason: string) => {
    if (!needed.has(name)) needed.set(name, reason);
  };
  for (const [name, spec] of Object.entries(algorithm?.channels ?? {})) {
    const { description } = spec;
    if (isRequired(spec, needs.contentType)) {
      add(name, `required by ${algorithm?.title}: ${description}`);
    }
  }
  for (const [name, value] of Object.entries(hyperparameters)) {
    const spec = algorithm && ownValue(algorithm.hyperparameters, name);
    const why = spec?.type === "text" ? "is a file there" : "is computed on it";
    const isEmpty = value === "" || value === "[]";
    if (spec?.channel !== undefined && !isEmpty) add(spec.channel, `required: ${name} ${why}`);
  }
  for (const [what, name] of [
    ["the gate's metric", metric],
    ["the tuning job's metric", objective],
  ] as const) {
    const measured = name === undefined ? undefined : channelOf(algorithm, name);
    if (measured !== undefined) add(measured, `required: ${what} ${name} is measured on it`);
  }
  const mayValidate =
    algorithm?.channels["validation"] !== undefined &&
    unwantedChannel(needs)?.channel !== "validation";
  if (mayValidate && stopsEarly(hyperparameters)) {
    add("validation", "required: early stopping looks at it");
  }
  return needed;
}

/** Channel beside which a metric that is wanted is not emitted. */
function unwantedChannel({ algorithm, metric, objective }: ChannelNeeds) {
  const wanted = [
    { what: "gate", metric },
    { what: "tuning job", metric: objective },
  ];
  for (const { what, metric: name } of wanted) {
    if (algorithm === undefined || name === undefined) continue;
    const channel = ownValue(algorithm.metrics, name)?.notBeside;
    if (channel !== undefined) return { what, metric: name, channel };
  }
  return undefined;
}

function isRequired({ required, requiredFor }: ChannelSpec, contentType: string): boolean {
  return required === true || requiredFor?.includes(contentType) === true;
}

/** For an image, names like SageMaker's own algorithms have are taken at their word. */
function channelOf(algorithm: Algorithm | undefined, metric: string): string | undefined {
  if (algorithm !== undefined) {
    const known = ownValue(algorithm.metrics, metric);
    if (known !== undefined) return known.channel;
  }
  const [prefix = ""] = metric.split(":");
  if (metric.includes(":") && usualChannels.includes(prefix)) return prefix;
  return algorithm === undefined ? "validation" : undefined;
}

function stopsEarly(hyperparameters: Readonly<Record<string, string>>): boolean {
  return Object.entries(hyperparameters).some(
    ([name, value]) => name.startsWith("early_stopping") && value.toLowerCase() !== "false",
  );
}

/** Not what every object has: config may call something `constructor`. */
function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function checkName(algorithm: Algorithm | undefined, name: string): Wrong | undefined {
  if (algorithm === undefined) {
    if (/^[A-Za-z0-9][\w.-]{0,63}$/.test(name)) return undefined;
    const rule = "a name of letters, digits, _, . and -, at most 64, a letter or digit first";
    return { rule, remedy: "take such a name" };
  }
  const known = Object.keys(algorithm.channels);
  if (known.includes(name)) return undefined;
  const nearest = nearestName(name, known);
  return {
    rule: `not a channel of ${algorithm.title}; it has ${known.join(", ")}`,
    remedy: nearest === undefined ? "remove it" : `write ${nearest}`,
  };
}

/** Names whose place, or whose argument of the script, means something else already. */
const taken: readonly string[] = ["report", "validate", "checkpoints"];

function checkArgument(name: string, others: readonly string[]): Wrong | undefined {
  const { argument } = etlChannel(name);
  const twin = [...usualChannels, ...others].find(
    (other) => other !== name && etlChannel(other).argument === argument,
  );
  if (twin === undefined && !taken.includes(name.toLowerCase())) return undefined;
  const owner = twin === undefined ? "something else of each run" : `the channel ${twin}`;
  return {
    rule: `the script would hear of it as ${argument}, in a folder ${name}/: that is ${owner}`,
    remedy: "feed it from an s3:// URI, or take another name",
  };
}

function unfed(name: string, why: string): Wrong {
  return {
    rule: `${why}; nothing feeds it`,
    remedy:
      `add ${name}: etl, where the script writes it to the place that it gets as ${etlChannel(name).argument}, ` +
      `or ${name}: "s3://<bucket>/<folder>/" for data that are the same in every run`,
  };
}

/** The catalogue's order, then config's. */
function inOrder(algorithm: Algorithm | undefined, channels: Channels): Channels {
  const order = algorithm === undefined ? usualChannels : Object.keys(algorithm.channels);
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.fromEntries(
    Object.entries(channels).sort(([one], [other]) => place(one) - place(other)),
  );
}
