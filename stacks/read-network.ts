import { z } from "zod";
import type { NetworkConfig } from "./config.ts";
import type { Problem } from "./config-error.ts";
import { field, readSection, untouched } from "./section.ts";

const path = "network";
const example = "network: { create: { cidrBlock: 10.0.0.0/16 } }";

const maxSubnets = 16;
const maxSecurityGroups = 5;

/** Sizes of a VPC that AWS allows. */
const widest = 16;
const narrowest = 28;

/** A subnet of /28 has 11 free addresses; below that AWS makes none. */
const smallestSubnet = 28;

const cidr = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** `retraining:network`: what training, models and endpoints of the whole stack run in. */
export function readNetwork(
  region: string | undefined,
  raw: unknown,
  problems: Problem[],
): NetworkConfig | undefined {
  if (raw === undefined || raw === null) return undefined;
  const before = problems.length;
  const shape = {
    create: untouched,
    subnetIds: ids("subnet", maxSubnets),
    securityGroupIds: ids("sg", maxSecurityGroups),
  };
  const { create, subnetIds, securityGroupIds } = readSection(shape, raw, path, problems);
  if (problems.length > before) return undefined;
  if ((create !== undefined) === (subnetIds !== undefined || securityGroupIds !== undefined)) {
    const rule = "either create, or subnetIds with securityGroupIds";
    problems.push({
      path,
      received: raw,
      rule,
      remedy: `write one of the two, such as ${example}`,
    });
    return undefined;
  }
  if (create !== undefined) return readCreate(region, create, problems);
  for (const [key, given] of Object.entries({ subnetIds, securityGroupIds })) {
    if (given !== undefined) continue;
    problems.push({
      path: `${path}.${key}`,
      received: undefined,
      rule: "required: SageMaker takes subnets and security groups together",
      remedy: `add ${key}: [...]`,
    });
  }
  return subnetIds && securityGroupIds && { subnetIds, securityGroupIds };
}

function readCreate(
  region: string | undefined,
  raw: unknown,
  problems: Problem[],
): NetworkConfig | undefined {
  const zone = new RegExp(`^${region ?? "[a-z0-9-]+"}[a-z]$`);
  const shape = {
    cidrBlock: field(
      z.string().refine(isBlock).default("10.0.0.0/16"),
      `an IPv4 block of a private range, /${widest} to /${narrowest}, that starts where its size says`,
      "write 10.0.0.0/16, or one that your other networks do not use",
    ),
    availabilityZones: field(
      z
        .union([z.int().min(2).max(6), z.array(z.string().regex(zone)).min(2).max(6)])
        .refine((zones) => typeof zones === "number" || new Set(zones).size === zones.length)
        .default(2),
      `how many zones, 2 to 6, or a list of so many zones of ${region ?? "the region"}`,
      `write 2, or [${region ?? "us-east-2"}a, ${region ?? "us-east-2"}b]`,
    ),
    natGateways: field(
      z.enum(["none", "single", "onePerAz"]).default("none"),
      "none, single or onePerAz",
      "write none: nothing that runs in the network needs the internet",
    ),
  };
  const at = `${path}.create`;
  const before = problems.length;
  const read = readSection(shape, raw === null ? {} : raw, at, problems);
  const { cidrBlock, availabilityZones, natGateways } = read;
  if (problems.length > before) return undefined;
  if (cidrBlock === undefined || availabilityZones === undefined || natGateways === undefined) {
    return undefined;
  }
  const zones =
    typeof availabilityZones === "number" ? availabilityZones : availabilityZones.length;
  const subnets = zones * (natGateways === "none" ? 1 : 2);
  if (Number(cidrBlock.split("/")[1]) + Math.ceil(Math.log2(subnets)) + 1 > smallestSubnet) {
    problems.push({
      path: `${at}.cidrBlock`,
      received: cidrBlock,
      rule: `room for ${subnets} subnets of /${smallestSubnet} at least`,
      remedy: "write a larger block, such as 10.0.0.0/20",
    });
    return undefined;
  }
  return { create: { cidrBlock, availabilityZones, natGateways } };
}

function ids(kind: "subnet" | "sg", max: number) {
  const id = new RegExp(`^${kind}-([0-9a-f]{8}|[0-9a-f]{17})$`);
  return field(
    z
      .array(z.string().regex(id))
      .min(1)
      .max(max)
      .refine((list) => new Set(list).size === list.length)
      .optional(),
    `a list of 1 to ${max} different ids, ${kind}- and 8 or 17 hexadecimal digits (SageMaker's limit)`,
    `write [${kind}-0123456789abcdef0], say`,
  );
}

function isBlock(text: string): boolean {
  const found = cidr.exec(text);
  if (found === null) return false;
  const [a = 256, b = 256, c = 256, d = 256, size = 0] = found.slice(1).map(Number);
  if ([a, b, c, d].some((part) => part > 255) || size < widest || size > narrowest) return false;
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const isPrivate =
    a === 10 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 100 && b >= 64 && b < 128);
  return isPrivate && address % 2 ** (32 - size) === 0;
}
