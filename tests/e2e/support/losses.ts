// Every way to lose an answer, before and after the call took effect.
export interface Loss {
  when: "before" | "after";
  // Whether what was asked for is found when it is looked for.
  found: boolean;
  answer: string | { status: number };
}

const ANSWERS = ["drop", "hang", "garbage", "truncated", { status: 500 }];

export const LOSSES: Loss[] = (["before", "after"] as const).flatMap((when) =>
  ANSWERS.map((answer) => ({ when, found: when === "after", answer })),
);

// What to call one in the name of a test.
export const called = ({ answer }: Loss): string => (typeof answer === "string" ? answer : String(answer.status));
