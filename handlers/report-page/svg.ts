/** A picture inside of a page. */
export function svg(width: number, height: number, title: string, content: string): string {
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="${title}">${content}</svg>`;
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** At most four digits that count. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}
