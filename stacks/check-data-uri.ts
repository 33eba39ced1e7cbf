type Wrong = { rule: string; remedy: string };

const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** S3's safe characters. `*`, `?` and `$` would mean more than themselves in the policy that lets training read the data. */
const safeKey = /^[\w!.'()=/-]+$/;

const form = "etl, or the s3:// URI of a folder or an object";
const longestUri = 1024;

/** Why a channel cannot be fed from `received`; `undefined` where it can. Whether there is something shows in the run. */
export function checkDataUri(received: unknown): Wrong | undefined {
  const example = 'write etl, or "s3://<bucket>/<folder>/"';
  if (typeof received !== "string") return { rule: form, remedy: example };
  const [, bucket, key] = /^s3:\/\/([^/]*)(?:\/(.*))?$/s.exec(received) ?? [];
  if (bucket === undefined) return { rule: form, remedy: example };
  if (!bucketName.test(bucket)) {
    const rule = "the name of a bucket: 3 to 63 lower-case letters, digits, hyphens and dots";
    return { rule, remedy: "write s3://<bucket>/<folder>/" };
  }
  if (key === undefined || key === "") {
    const rule = "a folder or an object of the bucket: training may read only what it needs";
    return { rule, remedy: `add a folder: s3://${bucket}/<folder>/` };
  }
  if (received.length > longestUri) {
    const rule = `at most ${longestUri} characters: SageMaker takes no more`;
    return { rule, remedy: `shorten it by ${received.length - longestUri}` };
  }
  if (!safeKey.test(key) || key.startsWith("/") || key.includes("//")) {
    const rule = "keys of letters, digits and ! - _ . ' ( ) =, with single slashes between";
    return { rule, remedy: "copy the data below such a key" };
  }
  if (key.split("/").some((part) => part === "." || part === "..")) {
    const rule =
      "keys without . and .. between slashes: S3 knows no folder above, training's disk does";
    return { rule, remedy: "write the folder itself" };
  }
  if (key.endsWith("/") || /\.[^/]+$/.test(key)) return undefined;
  return {
    rule: "a folder ends with a slash, an object with an extension: else every key that starts so is fed",
    remedy: `write ${received}/`,
  };
}
