import colors from "picocolors";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/**
 * Lines of work for a person: on a terminal the one that runs turns and counts seconds; in a file each is written once,
 * when it has ended.
 */
export class StepLines {
  private readonly terminal = process.stdout.isTTY === true;
  private timer: NodeJS.Timeout | undefined;
  private frame = 0;

  /** `label` is under way since `startedAt`. Replaces the line before, if that one was not ended. */
  running(label: string, startedAt = new Date()): void {
    this.stopTimer();
    if (!this.terminal) return;
    const draw = () => {
      this.frame = (this.frame + 1) % frames.length;
      const seconds = ((Date.now() - startedAt.getTime()) / 1000).toFixed(1);
      const line = `  ${colors.cyan(frames[this.frame] ?? "")} ${label} ${colors.dim(`${seconds} s`)}`;
      process.stdout.write(`\r\u001b[K${line}`);
    };
    draw();
    this.timer = setInterval(draw, 100);
  }

  done(label: string, seconds?: number, detail = ""): void {
    this.ended(colors.green("✔"), label, seconds, detail);
  }

  failed(label: string, seconds?: number, detail = ""): void {
    this.ended(colors.red("✘"), label, seconds, detail);
  }

  /** Ends a line that was still running, without a verdict: something else went wrong. */
  clear(): void {
    this.stopTimer();
    if (this.terminal) process.stdout.write("\r\u001b[K");
  }

  private ended(mark: string, label: string, seconds: number | undefined, detail: string): void {
    this.clear();
    const time = seconds === undefined ? "" : colors.dim(`${seconds.toFixed(1).padStart(6)} s`);
    console.log(`  ${mark} ${label.padEnd(26)}${time}${detail ? `  ${detail}` : ""}`);
  }

  private stopTimer(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
