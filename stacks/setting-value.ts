/**
 * Value of a setting as Pulumi hands it over: objects come as JSON. What is none is a text, and reported as that where something
 * else belongs.
 */
export function settingValue(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
