import { DependencyResource, runtime } from "@pulumi/pulumi";
import type * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import protocol from "@pulumi/pulumi/proto/provider_pb.js";
import * as config from "@pulumi/pulumi/runtime/config.js";
import * as settings from "@pulumi/pulumi/runtime/settings.js";
import * as state from "@pulumi/pulumi/runtime/state.js";
import structMessages from "google-protobuf/google/protobuf/struct_pb.js";

// Parts of @pulumi/pulumi that its typings leave out.
const { withLocalStorage } = state as unknown as {
  withLocalStorage<T>(callback: () => Promise<T>): Promise<T>;
};
const { awaitFeatureSupport } = settings as unknown as { awaitFeatureSupport(): Promise<void> };
const { waitForRPCs } = runtime as unknown as { waitForRPCs(): Promise<void> };

/**
 * Makes a component of @pulumi/awsx for the engine: its parts are registered with the engine, which has them made by the
 * local provider. Each request has a Pulumi run of its own, so that any number can be under way.
 */
export async function constructForEngine(
  request: messages.ConstructRequest,
): Promise<messages.ConstructResponse> {
  return withLocalStorage(async () => {
    await joinRun(request);
    const [{ construct }, { deserializeInputs }] = await Promise.all([
      import("../awsx/construct.ts"), // loads @pulumi/aws: only where a program asks for it
      import("../awsx/deserialize-inputs.ts"),
    ]);
    const parent = request.getParent();
    const made = await construct({
      type: request.getType(),
      name: request.getName(),
      inputs: await deserializeInputs(
        request.getInputs() as never,
        request.getInputdependenciesMap() as never,
      ),
      options: {
        protect: request.getProtect() ?? false,
        ...(parent !== "" && { parent: new DependencyResource(parent) }),
      },
    });
    await waitForRPCs();
    const response = new protocol.ConstructResponse();
    response.setUrn(made.urn);
    response.setState(structMessages.Struct.fromJavaScript(made.state as never));
    for (const [property, urns] of made.dependencies) {
      const of = new protocol.ConstructResponse.PropertyDependencies();
      of.setUrnsList(urns);
      response.getStatedependenciesMap().set(property, of);
    }
    return response;
  });
}

/** What the component registers is part of the program's run. */
async function joinRun(request: messages.ConstructRequest): Promise<void> {
  settings.resetOptions(
    request.getProject(),
    request.getStack(),
    request.getParallel(),
    "", // the engine's own address: for logs, which are not sent from here
    request.getMonitorendpoint(),
    request.getDryrun(),
    request.getOrganization(),
  );
  await awaitFeatureSupport();
  const values = Object.fromEntries(request.getConfigMap().entries());
  config.setAllConfig(values, request.getConfigsecretkeysList());
}
