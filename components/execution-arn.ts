/** ARN of the execution with this title: Step Functions makes it from the state machine's. */
export function executionArnOf(stateMachineArn: string, title: string): string {
  return `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${title}`;
}
