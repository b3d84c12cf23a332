// Figures of `cargo xtask bench`: one line each, and the sum of several runs.

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

// One row of the table.
export function report(what: string, figure: string, how: string): void {
  console.log(`${what.padEnd(44)} ${figure.padStart(12)}   ${how}`);
}
