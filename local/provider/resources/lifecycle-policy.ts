import {
  DeleteLifecyclePolicyCommand,
  GetLifecyclePolicyCommand,
  PutLifecyclePolicyCommand,
} from "@aws-sdk/client-ecr";
import { json, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";

/** Kept and shown: nothing expires on a laptop. */
export const lifecyclePolicy = resourceType({
  type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
  inputs: {
    repository: text({ required: true, replaces: true }),
    policy: json({ required: true, replaces: true }), // the real provider replaces, too
  },
  identity: ["repository"],
  notFound: ["LifecyclePolicyNotFoundException", "RepositoryNotFoundException"],

  async create({ repository, policy }, { clients: { ecr } }) {
    await ecr.send(
      new PutLifecyclePolicyCommand({ repositoryName: repository, lifecyclePolicyText: policy }),
    );
    return repository;
  },

  async read(id, _state, { clients: { ecr } }) {
    const { registryId, lifecyclePolicyText } = await ecr.send(
      new GetLifecyclePolicyCommand({ repositoryName: id }),
    );
    return { repository: id, registryId, policy: lifecyclePolicyText };
  },

  async delete(id, _state, { clients: { ecr } }) {
    await ecr.send(new DeleteLifecyclePolicyCommand({ repositoryName: id }));
  },
});
