const patterns = new Map<string, RegExp>();

/**
 * A pattern of an AWS service model: Java's syntax, matched against the whole value, anchored or not.
 * @throws SyntaxError when JavaScript has no way to say it
 */
export function patternOf(source: string): RegExp {
  let pattern = patterns.get(source);
  if (!pattern) {
    pattern = compile(source);
    patterns.set(source, pattern);
  }
  return pattern;
}

function compile(source: string): RegExp {
  const whole = `^(?:${inJavaScript(source)})$`;
  try {
    // Classes such as \p{L} need the u flag.
    return new RegExp(whole, "u");
  } catch (error) {
    // Needless escapes such as \_ are no error without it, but \p{L} would mean something else.
    if (/\\[pP]\{/.test(whole)) throw error;
    return new RegExp(whole);
  }
}

/** What Java has and JavaScript has not, as far as AWS's models use it. */
function inJavaScript(source: string): string {
  return (
    source
      // Character classes, within brackets.
      .replaceAll("\\p{Alnum}", "a-zA-Z0-9")
      .replaceAll("\\p{Alpha}", "a-zA-Z")
      .replaceAll("\\p{Digit}", "0-9")
      .replaceAll("\\p{Print}", "\\x20-\\x7E")
      // Anchors; Java lets them be repeated.
      .replace(/^\\A/, "^")
      .replace(/\\z$/, "$")
      .replaceAll(/\$\{\d+(?:,\d*)?\}/g, "$")
  );
}
