/**
 * Objects of a pipeline's bucket, by patterns of their keys as IAM takes them; `<channel>` is any channel's name,
 * `<format>` and `<split>` those of a comparison's rows.
 */
export function objects(...keys: string[]): RegExp {
  const escaped = keys.map((key) => key.replace(/[.*]/g, "\\$&"));
  const patterns = escaped
    .join("|")
    .replaceAll("<channel>", "[A-Za-z0-9][\\w.-]*")
    .replaceAll("<format>", "(csv|libsvm)")
    .replaceAll("<split>", "(train|validation|features)");
  return new RegExp(`^arn:aws[\\w-]*:s3:::retraining-[a-z0-9-]+/(${patterns})$`);
}

/** An ARN of any region and account. */
export function arn(service: string, resource: string): RegExp {
  return new RegExp(`^arn:aws[\\w-]*:${service}:[a-z0-9-]+:\\d{12}:${resource}$`);
}
