import type { Properties } from "../provider/resource-type.ts";

/** Settings of @pulumi/aws that say how to reach AWS: here the local cloud is all that there is to reach. */
const withoutMeaning =
  /^(version|pluginDownloadURL|profile|accessKey|secretKey|token|assumeRoles?|assumeRoleWithWebIdentity|endpoints|shared\w+|skip\w+|s3\w+|max[Rr]etries|retryMode|\w*Proxy|noProxy|insecure|allowedAccountIds|forbiddenAccountIds|use\w+|customCaBundle|ec2\w+|stsRegion|tokenBucketRateLimiterCapacity)$/;

/** What of a stack's `aws:` config the local provider cannot do. */
export function providerConfigProblems(
  config: Properties,
  region: string,
): { path: string; reason: string }[] {
  return Object.entries(config).flatMap(([path, value]) => {
    if (path === "region") {
      if (value === region) return [];
      return [
        { path, reason: `the stack's aws:region is ${value}, the local cloud is in ${region}` },
      ];
    }
    if (withoutMeaning.test(path)) return [];
    return [{ path, reason: `the local provider does not support the setting aws:${path}` }];
  });
}
