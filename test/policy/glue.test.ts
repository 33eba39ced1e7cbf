import { holds, resource } from "./rule-cases.ts";

const security = (encryptionConfiguration: object) =>
  resource("aws:glue/securityConfiguration:SecurityConfiguration", "security", {
    name: "etl",
    encryptionConfiguration,
  });
const job = (props: object = {}) =>
  resource("aws:glue/job:Job", "job", { name: "job", securityConfiguration: "etl", ...props });

const withKey = {
  cloudwatchEncryption: { cloudwatchEncryptionMode: "SSE-KMS" },
  jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS" },
  s3Encryption: { s3EncryptionMode: "SSE-KMS" },
};
const logsOff = { ...withKey, cloudwatchEncryption: { cloudwatchEncryptionMode: "DISABLED" } };
const bookmarksOff = {
  ...withKey,
  jobBookmarksEncryption: { jobBookmarksEncryptionMode: "DISABLED" },
};

const plainLogs = "no security configuration encrypts the job's logs with a KMS key";
holds("AwsSolutions-GL1", [
  ["encrypted logs", [job(), security(withKey)]],
  [
    "a pipeline without a customer key, which is exempt",
    [job(), security({ ...logsOff, s3Encryption: { s3EncryptionMode: "SSE-S3" } })],
  ],
  ["plain logs beside data with a customer key", [job(), security(logsOff)], [plainLogs]],
  [
    "a job without a security configuration",
    [job({ securityConfiguration: undefined }), security(withKey)],
    [plainLogs],
  ],
]);

const plainBookmarks = "no security configuration encrypts the job's bookmarks with a KMS key";
holds("AwsSolutions-GL3", [
  ["encrypted bookmarks", [job(), security(withKey)]],
  [
    "a job that keeps no bookmarks, which is exempt",
    [
      job({ defaultArguments: { "--job-bookmark-option": "job-bookmark-disable" } }),
      security(bookmarksOff),
    ],
  ],
  ["plain bookmarks", [job(), security(bookmarksOff)], [plainBookmarks]],
]);
