// Figures of `cargo xtask bench`: one line each, and the sum of several runs.

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

// The value that so many of a hundred are no greater than.
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * share) / 100) - 1)];
}

// One row of the table.
export function report(what: string, figure: string, how: string): void {
  console.log(`${what.padEnd(44)} ${figure.padStart(12)}   ${how}`);
}

interface Limit {
  most: number;
  unit: string;
  digits?: number;
}

// Figures of the same things at several sizes, beside what is wanted of them.
export class Sizes {
  private readonly rows = new Map<string, { limit: Limit; cells: Map<number, string> }>();
  // What is wanted and was not reached, in words.
  readonly missed: string[] = [];

  constructor(private readonly sizes: number[]) {}

  add(what: string, size: number, figure: number, limit: Limit): void {
    this.cell(what, size, shown(figure, limit), limit);
    // Not `>`: what is no number was not reached either.
    if (!(figure <= limit.most)) {
      this.missed.push(`${what}, ${named(size)} messages: ${shown(figure, limit)}, wanted ${shown(limit.most, limit)}`);
    }
  }

  private cell(what: string, size: number, text: string, limit: Limit): void {
    const row = this.rows.get(what) ?? { limit, cells: new Map() };
    row.cells.set(size, text);
    this.rows.set(what, row);
  }

  // The table as the README has it.
  report(heading: string): void {
    const line = (cells: string[]) => console.log(`| ${cells.join(" | ")} |`);
    line([heading, ...this.sizes.map(named), "Limit"]);
    line(["---", ...this.sizes.map(() => "---"), "---"]);
    for (const [what, { limit, cells }] of this.rows) {
      line([what, ...this.sizes.map((size) => cells.get(size) ?? ""), shown(limit.most, limit)]);
    }
  }
}

const named = (size: number): string => size.toLocaleString("en");

const shown = (figure: number, { unit, digits = 0 }: Limit): string => `${figure.toFixed(digits)}${unit && ` ${unit}`}`;
