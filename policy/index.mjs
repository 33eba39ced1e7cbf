// Pulumi's runner for packs compiles .ts and .js entries itself, with a compiler too old for this code. It leaves .mjs alone, and
// Node.js loads the rest.
import "./index.ts";
