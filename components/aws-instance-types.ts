/** `ml.<family><generation>[attributes][-variant].<size>`. Families are not listed: AWS adds some every year. */
const instanceType =
  /^ml\.(?<family>[a-z]+\d+[a-z]*(-[a-z0-9]+)?)\.(medium|large|xlarge|\d+xlarge)$/;

/** Families that SageMaker's service model names for endpoints and not for training. */
const servingOnly = new Set(
  "c5d c6g c6gd c6gn c6in c7g c8g dl1 inf1 inf2 m5d m6g m6gd m8g r6g r6gd r7gd r8g t2".split(" "),
);

/** Families that it names for training and not for endpoints. */
const trainingOnly = new Set(
  "c5n c7i-flex c8i c8i-flex m7i-flex m8i m8i-flex p3dn r8i r8i-flex t3".split(" "),
);

/** Families that it names for endpoints and not for batch transform, beside those that it names for training alone. */
const notForTransform = new Set(
  "c5d c6g c6gd c6gn c6in c7g c8g dl1 g7 g7e inf1 m5d m6g m6gd m8g p4d p4de p5 p5e p5en p6-b200 p6-b300 p6e-gb200 r5 r5d r6g r6gd r7gd r8g t2 trn1n trn2".split(
    " ",
  ),
);

const purposes = {
  training: { excluded: servingOnly, named: "training" },
  endpoint: { excluded: trainingOnly, named: "endpoints" },
  transform: { excluded: new Set([...notForTransform, ...trainingOnly]), named: "batch transform" },
};

/** Families with disks in the machine beside those whose attributes say so with a `d`. */
const localStorage = /^(g5|g6e?|gr6|p5[a-z]*|trn1n?|trn2)$/;

/** Whether instances of the type have disks of their own, which the hardware encrypts: SageMaker then takes no key for them. */
export function hasLocalStorage(value: string): boolean {
  const family = instanceType.exec(value)?.groups?.["family"] ?? "";
  return /\d[a-z]*d/.test(family) || localStorage.test(family);
}

/** Why SageMaker has no such instance for `purpose`; `undefined` where it may have one. */
export function checkInstanceType(
  value: unknown,
  purpose: keyof typeof purposes,
): { rule: string; remedy: string } | undefined {
  const example = purpose === "training" ? "ml.m5.xlarge" : "ml.m5.large";
  const family =
    typeof value === "string" ? instanceType.exec(value)?.groups?.["family"] : undefined;
  if (family === undefined) {
    const prefixed = typeof value === "string" ? `ml.${value}` : "";
    return {
      rule: `a SageMaker instance type, ml.<family>.<size>, such as ${example}`,
      remedy: instanceType.test(prefixed) ? `write ${prefixed}` : `write one such as ${example}`,
    };
  }
  const { excluded, named } = purposes[purpose];
  if (!excluded.has(family)) return undefined;
  return {
    rule: `SageMaker has no ${named} on ml.${family}`,
    remedy: `take another family, such as ${example}`,
  };
}
