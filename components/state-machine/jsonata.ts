/** `code` as a field of a JSONata state. */
export function expression(code: string): string {
  return `{% ${code} %}`;
}

/** `value` as a literal inside JSONata code: its literals are JSON's. */
export function literal(value: string | number | boolean): string {
  return JSON.stringify(value);
}

/** What `make` gives for the run's title, which only the execution knows: `withTitle((title) => `s3://b/output/${title}/`)`. */
export function withTitle(make: (title: string) => string): string {
  const mark = "\u0000"; // in no name, so that it stands for the title alone
  const parts = make(mark).split(mark).map(literal);
  return expression(parts.join(" & $title & ").replace(/ & ""$/, ""));
}
