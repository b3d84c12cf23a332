// What `cargo xtask` tells the tests.

export function fromXtask(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Run the tests with \`cargo xtask test --e2e\`.`);
  return value;
}

// The folder of the built site.
export const dist = () => fromXtask("SWITCHBOARD_DIST");
