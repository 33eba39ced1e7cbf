/** The engine's name for a resource of a stack: types of the components that it is in, its own type, its name. */
export function urnOf(
  place: { project: string; stack: string },
  parentUrn: string,
  type: string,
  name: string,
): string {
  const parentTypes = parentUrn.split("::")[2] ?? "";
  // The stack itself is the parent of all, and left out.
  const prefix =
    parentTypes === "" || parentTypes === "pulumi:pulumi:Stack" ? "" : `${parentTypes}$`;
  return `urn:pulumi:${place.stack}::${place.project}::${prefix}${type}::${name}`;
}
