import type { StoredResource } from "./state-file.ts";

/**
 * Calls `remove` for each resource, as many at once as can be, each after all that depend on it. After an error nothing
 * new begins, and what runs is waited for.
 *
 * @throws the first error of `remove`.
 */
export async function deletionOrder(
  resources: readonly StoredResource[],
  remove: (resource: StoredResource) => Promise<void>,
): Promise<void> {
  const dependents = new Map<string, StoredResource[]>();
  for (const resource of resources) {
    for (const urn of new Set(resource.dependencies)) {
      dependents.set(urn, [...(dependents.get(urn) ?? []), resource]);
    }
  }
  const errors: unknown[] = [];
  const begun = new Map<StoredResource, Promise<void>>();
  const removed = (resource: StoredResource): Promise<void> => {
    let done = begun.get(resource);
    if (done === undefined) {
      // Dependencies have no circles: the program could not have resolved them.
      done = Promise.all((dependents.get(resource.urn) ?? []).map(removed)).then(async () => {
        if (errors.length > 0) return;
        await remove(resource).catch((error) => errors.push(error));
      });
      begun.set(resource, done);
    }
    return done;
  };
  await Promise.all(resources.map(removed));
  if (errors.length > 0) throw errors[0];
}
