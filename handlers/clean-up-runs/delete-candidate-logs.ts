import {
  type CloudWatchLogsClient,
  DeleteLogGroupCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import { logGroups } from "../../components/names.ts";

/** Deletes the log groups that SageMaker made for endpoints of a comparison's candidates, of whatever run. Gives their names. */
export async function deleteCandidateLogs(
  logs: CloudWatchLogsClient,
  candidatePrefix: string,
): Promise<string[]> {
  const names: string[] = [];
  const pages = paginateDescribeLogGroups(
    { client: logs },
    { logGroupNamePrefix: logGroups.ofEndpoint(candidatePrefix) },
  );
  for await (const page of pages) {
    for (const { logGroupName: name } of page.logGroups ?? []) {
      if (name !== undefined) names.push(name);
    }
  }
  for (const name of names) await deleteLogGroup(logs, name);
  return names;
}

async function deleteLogGroup(logs: CloudWatchLogsClient, logGroupName: string) {
  try {
    await logs.send(new DeleteLogGroupCommand({ logGroupName }));
  } catch (error) {
    if (error instanceof Error && error.name === "ResourceNotFoundException") return; // gone since it was listed
    throw error;
  }
}
