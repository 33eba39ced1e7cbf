/** Elements without an end tag. */
const empty = ["meta", "br", "hr", "img", "input", "link"];

const token =
  /<!doctype html>|<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+="[^"<]*")*)\s*(\/?)>|([<>])/g;

/**
 * Names of the elements of a page, in the order of their start tags.
 *
 * @throws Error where a tag is malformed, left open, or closed by another one; where an attribute comes twice; where text has a
 *   `<`, a `>`, or an `&` that starts no entity
 */
export function elementsOf(html: string): string[] {
  const elements: string[] = [];
  const open: string[] = [];
  const text = html.replace(/<style>[^<]*<\/style>/g, "");
  for (const [found, end, name = "", attributes = "", selfClosed, stray] of text.matchAll(token)) {
    if (stray !== undefined) throw new Error(`a ${stray} that is no tag's in ${open.join(" ")}`);
    if (name === "") continue;
    const names = [...attributes.matchAll(/([a-zA-Z-]+)="/g)].map(([, attribute]) => attribute);
    if (new Set(names).size < names.length) throw new Error(`an attribute twice in ${found}`);
    if (end === "/") {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> where ${last} is open`);
      continue;
    }
    elements.push(name);
    if (!empty.includes(name) && selfClosed !== "/") open.push(name);
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(" ")}`);
  const bare = /&(?!(amp|lt|gt|quot|#\d+);)/.exec(text);
  if (bare !== null)
    throw new Error(`an & that starts no entity: ${text.slice(bare.index, bare.index + 20)}`);
  if (/NaN|Infinity|undefined|\[object/.test(text)) throw new Error("a value that is none");
  return elements;
}

/** Text of a page, without tags, entities resolved. */
export function textOf(html: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return html
    .replace(/<style>[^<]*<\/style>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(\w+);/g, (entity, name) => entities[name] ?? entity)
    .replace(/\s+/g, " ");
}
