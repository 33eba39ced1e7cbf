import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Writable } from "node:stream";

/**
 * A shell that outlives this process by a moment: it is told which process groups exist, waits for its standard input to close,
 * which the kernel does when this process dies however that happens, and then ends the groups that are left.
 * It works for any child (a Java virtual machine, a shell pipeline), needs no help from the child and no Linux-only call.
 */
const script = `
trap '' INT TERM HUP
groups=' '
while read -r verb group; do
  case $verb in
    guard) groups="$groups$group " ;;
    release) case $groups in *" $group "*) groups="\${groups%% $group *} \${groups#* $group }" ;; esac ;;
  esac
done
for group in $groups; do kill -s TERM -- "-$group" 2>/dev/null; done
[ "$groups" = ' ' ] || sleep 1
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
`;

let guardian: ChildProcessByStdio<Writable, null, null> | undefined;

/** Has the process group ended should this process die. */
export function guardGroup(group: number): void {
  tell(`guard ${group}`);
}

/** Forgets a group that has ended: its id may come to belong to somebody else. */
export function releaseGroup(group: number): void {
  tell(`release ${group}`);
}

/** The process that does it, started now if nothing had to be guarded yet. */
export function guardianPid(): number {
  guardian ??= start();
  return guardian.pid as number;
}

function tell(line: string): void {
  guardian ??= start();
  guardian.stdin.write(`${line}\n`);
}

function start(): ChildProcessByStdio<Writable, null, null> {
  // A session of its own, so that Ctrl-C at the terminal does not reach it.
  const shell = spawn("/bin/sh", ["-c", script], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    env: { PATH: "/usr/bin:/bin" },
  });
  shell.on("error", (error) => {
    throw new Error(`Cannot start the shell that guards child processes: ${error.message}`);
  });
  // It must not keep this process alive.
  shell.unref();
  (shell.stdin as Writable & { unref(): void }).unref();
  return shell;
}
