import type { InputsOf, Shape } from "../properties/index.ts";
import type { Cloud, Properties } from "../resource-type.ts";

/** A function of @pulumi/aws: what `aws.getRegion()` and the like ask. */
export interface ProviderFunction<S extends Shape = Shape> {
  readonly token: string;
  readonly inputs: S;
  call(inputs: InputsOf<S>, cloud: Cloud): Promise<Properties>;
}

export function providerFunction<S extends Shape>(
  declaration: ProviderFunction<S>,
): ProviderFunction {
  return declaration as unknown as ProviderFunction;
}
