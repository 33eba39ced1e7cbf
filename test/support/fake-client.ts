/** A command of the AWS SDK, by the name of its class, as a fake client received it. */
export interface Sent {
  command: string;
  input: Record<string, unknown>;
}

export type Answers = Record<string, (input: never, calls: number) => unknown>;

/**
 * A client of the AWS SDK that answers commands by name and remembers them. One that it has no answer for is an error:
 * the code under test asked for something that no test expected.
 */
export function fakeClient<Client>(answers: Answers): { client: Client; sent: Sent[] } {
  const sent: Sent[] = [];
  const send = async (command: {
    constructor: { name: string };
    input: Record<string, unknown>;
  }) => {
    const name = command.constructor.name.replace(/Command$/, "");
    const calls = sent.filter((each) => each.command === name).length;
    sent.push({ command: name, input: command.input });
    const answer = answers[name];
    if (answer === undefined) throw new Error(`the fake client does not answer ${name}`);
    return answer(command.input as never, calls);
  };
  return { client: { send, config: {} } as Client, sent };
}

/** An error as the SDK throws it. */
export function serviceError(name: string, message = "") {
  return Object.assign(new Error(message), { name });
}
