// Nothing may go wrong unseen: what the browser complains of fails the test, unless it was expected.
import type { BrowserContext, Page } from "@playwright/test";

// Reported by Chromium for every answer from 400 on and for every call without an answer.
export const FAILED_CALL = /^Failed to load resource: /;

export class Watch {
  private readonly complaints: string[] = [];
  private readonly expected: RegExp[] = [];

  // Complaints that the test provokes, such as `FAILED_CALL`.
  allow(...expected: RegExp[]): void {
    this.expected.push(...expected);
  }

  // Watches every page of the context, popups included.
  async over(context: BrowserContext): Promise<void> {
    await context.exposeBinding("reportViolation", (_, violation: string) => this.note(violation));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        const where = event.sourceFile ? ` at ${event.sourceFile}:${event.lineNumber}` : "";
        const what = `Content policy: ${event.effectiveDirective} refuses ${event.blockedURI}${where}`;
        (globalThis as any).reportViolation(what);
      });
    });
    context.pages().forEach((page) => this.page(page));
    context.on("page", (page) => this.page(page));
  }

  // What was complained of and not expected.
  unexpected(): string[] {
    return this.complaints.filter((complaint) => !this.expected.some((known) => known.test(complaint)));
  }

  private page(page: Page): void {
    page.on("pageerror", (error) => this.note(`Page error: ${error.stack ?? error.message}`));
    page.on("crash", () => this.note("The page crashed."));
    page.on("console", (message) => {
      // The sample data name pictures at example.com, which answers nobody here.
      const sample = message.location().url.startsWith("https://example.com/");
      if (message.type() === "error" && !sample) this.note(message.text());
    });
  }

  private note(complaint: string): void {
    this.complaints.push(complaint);
  }
}
