import { runtime } from "@pulumi/pulumi";
import { Archive, Asset } from "./asset.ts";

/** A value from the engine, and whether some part of it was marked secret. */
export interface Decoded {
  value: unknown;
  secret: boolean;
}

/**
 * A value as Pulumi's protocol writes it, in the provider's own terms: assets and archives as {@link Asset} and
 * {@link Archive}, secrets unwrapped, references to resources as their ids. Unknown values stay as they are.
 *
 * @throws on assets that are somewhere on the network: nothing here fetches them.
 */
export function decode(wire: unknown): Decoded {
  if (Array.isArray(wire)) {
    const items = wire.map(decode);
    return { value: items.map((item) => item.value), secret: items.some((item) => item.secret) };
  }
  if (typeof wire !== "object" || wire === null) return { value: wire, secret: false };
  const record = wire as Record<string, unknown>;
  switch (record[runtime.specialSigKey]) {
    case undefined:
      return decodeRecord(record);
    case runtime.specialSecretSig:
      return { value: decode(record["value"]).value, secret: true };
    case runtime.specialAssetSig:
      return { value: decodeAsset(record), secret: false };
    case runtime.specialArchiveSig:
      return { value: decodeArchive(record), secret: false };
    case runtime.specialResourceSig:
      return { value: record["id"] ?? record["urn"], secret: false };
    default:
      throw new Error(
        `the local provider does not know values of the kind ${record[runtime.specialSigKey]}`,
      );
  }
}

/** Each property by itself, so that secrecy stays with the property that has it. */
export function decodeProperties(wire: Readonly<Record<string, unknown>>): {
  values: Record<string, unknown>;
  secrets: string[];
} {
  const decoded = Object.entries(wire).map(([name, value]) => [name, decode(value)] as const);
  return {
    values: Object.fromEntries(decoded.map(([name, { value }]) => [name, value])),
    secrets: decoded.filter(([, { secret }]) => secret).map(([name]) => name),
  };
}

export function encodeSecret(value: unknown): unknown {
  return { [runtime.specialSigKey]: runtime.specialSecretSig, value };
}

/** The way back of {@link decode}, for state: of assets and archives the hashes. */
export function encodeRecord(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, encode(value)]));
}

function encode(value: unknown): unknown {
  if (value instanceof Asset) {
    return { [runtime.specialSigKey]: runtime.specialAssetSig, hash: value.hash };
  }
  if (value instanceof Archive) {
    return { [runtime.specialSigKey]: runtime.specialArchiveSig, hash: value.hash };
  }
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== "object" || value === null) return value;
  return encodeRecord(value as Record<string, unknown>);
}

/** Whether `value` is what the engine puts in a preview where a value is known only later. */
export function isUnknown(value: unknown): boolean {
  return value === runtime.unknownValue;
}

function decodeRecord(record: Record<string, unknown>): Decoded {
  const { values, secrets } = decodeProperties(record);
  return { value: values, secret: secrets.length > 0 };
}

const emptyFile = new Asset({ text: "" });

function decodeAsset(record: Record<string, unknown>): Asset {
  const { text, path, uri, hash } = record;
  if (typeof uri === "string" && uri !== "")
    throw new Error(`the local provider does not fetch assets: ${uri}`);
  if (typeof path === "string" && path !== "") return new Asset({ path }, given(hash));
  // An empty file and a file of which only the hash was kept look alike but for the hash.
  if (typeof text === "string" && (text !== "" || !hash || hash === emptyFile.hash)) {
    return new Asset({ text }, given(hash));
  }
  if (typeof hash === "string" && hash !== "") return new Asset({ hash });
  throw new Error("an asset has neither text nor path");
}

function decodeArchive(record: Record<string, unknown>): Archive {
  const { assets, path, uri, hash } = record;
  if (typeof uri === "string" && uri !== "")
    throw new Error(`the local provider does not fetch archives: ${uri}`);
  if (typeof path === "string" && path !== "") return new Archive({ path }, given(hash));
  if (typeof assets === "object" && assets !== null) {
    const decoded = Object.entries(assets).map(([name, item]) => [name, decode(item).value]);
    return new Archive({ assets: Object.fromEntries(decoded) }, given(hash));
  }
  if (typeof hash === "string" && hash !== "") return new Archive({ hash });
  throw new Error("an archive has neither assets nor path");
}

function given(hash: unknown): string | undefined {
  return typeof hash === "string" && hash !== "" ? hash : undefined;
}
