// Prints the figures that benchmarks report, and nothing of the tests that measured them.
import type { FullResult, Reporter, TestCase, TestResult } from "@playwright/test/reporter";

export default class Table implements Reporter {
  private rows = "";

  onStdOut(text: string | Buffer): void {
    this.rows += text;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status !== "passed") this.rows += `${test.title}: ${result.error?.stack ?? result.status}\n`;
  }

  onError(error: { message?: string }): void {
    this.rows += `${error.message}\n`;
  }

  onEnd(_: FullResult): void {
    process.stdout.write(`\n${this.rows}`);
  }

  printsToStdio(): boolean {
    return true;
  }
}
