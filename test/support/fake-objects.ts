import { type Answers, serviceError } from "./fake-client.ts";

/** Answers of a bucket of JSON files, by key; what is put goes to `objects` too. */
export function fakeObjects(objects: Record<string, unknown>): Answers {
  return {
    GetObject: ({ Key }: { Key: string }) => {
      if (!(Key in objects)) throw serviceError("NoSuchKey");
      return { Body: { transformToString: async () => JSON.stringify(objects[Key]) } };
    },
    PutObject: ({ Key, Body }: { Key: string; Body: string }) => {
      objects[Key] = JSON.parse(Body);
      return {};
    },
  };
}
