import type { S3Client } from "@aws-sdk/client-s3";
import { fakeClient, serviceError } from "./fake-client.ts";

interface Put {
  Body: string;
  IfMatch?: string;
  IfNoneMatch?: string;
}

/** A bucket with one object, which it writes under conditions as S3 does; `content` is what it holds at first. */
export function fakeConditionalObject(content?: object) {
  let text = content === undefined ? undefined : JSON.stringify(content);
  let version = 1;
  const { client, sent } = fakeClient<S3Client>({
    PutObject: ({ Body, IfMatch, IfNoneMatch }: Put) => {
      const etag = text === undefined ? undefined : `"${version}"`;
      if (IfNoneMatch === "*" && etag !== undefined) throw serviceError("PreconditionFailed");
      if (IfMatch !== undefined && IfMatch !== etag) throw serviceError("PreconditionFailed");
      text = Body;
      version += 1;
      return {};
    },
    GetObject: () => {
      const read = text;
      if (read === undefined) throw serviceError("NoSuchKey");
      return { ETag: `"${version}"`, Body: { transformToString: async () => read } };
    },
  });
  return { client, sent, content: () => JSON.parse(text ?? "null") as unknown };
}
