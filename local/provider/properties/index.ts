export { archive, assetOrArchive } from "./assets.ts";
export { list, map, object, shapeProblems } from "./composites.ts";
export { json, policyDocument } from "./documents.ts";
export { type InputsOf, isAbsent, type Problem, type Property, type Shape } from "./property.ts";
export { decimal, flag, integer, text } from "./scalars.ts";
