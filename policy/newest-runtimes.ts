/** The newest Lambda runtime of each language. */
export const newestRuntimes: readonly string[] = [
  "nodejs24.x",
  "python3.14",
  "java25",
  "dotnet10",
  "ruby3.4",
  "provided.al2023",
];
