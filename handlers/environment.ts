/** Environment variable `name`. @throws Error where it is not set: the function was deployed wrongly. */
export function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "")
    throw new Error(`environment variable ${name} is not set`);
  return value;
}
