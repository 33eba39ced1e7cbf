import { Archive, Asset } from "../asset.ts";
import { type IsRequired, type Options, type Property, property, wrong } from "./property.ts";

/** Files by name: `AssetArchive` or `FileArchive`. Compared by content. */
export function archive<const O extends Options>(
  options: O = {} as O,
): Property<Archive, IsRequired<O>> {
  return property(
    options,
    (value, path) =>
      value instanceof Archive
        ? []
        : wrong(path, "must be an AssetArchive or a FileArchive", value),
    sameContent,
  );
}

/** A file or an archive, as the source of an S3 object. */
export function assetOrArchive<const O extends Options>(
  options: O = {} as O,
): Property<Asset | Archive, IsRequired<O>> {
  return property(
    options,
    (value, path) =>
      value instanceof Asset || value instanceof Archive
        ? []
        : wrong(path, "must be an asset or an archive", value),
    sameContent,
  );
}

function sameContent(a: unknown, b: unknown): boolean {
  const hasHash = (value: unknown) => value instanceof Asset || value instanceof Archive;
  return hasHash(a) && hasHash(b) && (a as Asset).hash === (b as Asset).hash;
}
