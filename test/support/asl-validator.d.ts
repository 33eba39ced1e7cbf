/** The package has no typings of its own. */
declare module "asl-validator" {
  export default function aslValidator(definition: object): {
    isValid: boolean;
    errorsText(separator: string): string;
  };
}
