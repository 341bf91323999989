/** What views want remembered, by output, the oldest forgotten first. */

/** Enough for every output on many screens; each may hold a payload of up to 2 MB, so no more. */
const MAX_OUTPUTS = 32;

export class Memory {
  private readonly states: Map<string, unknown>;

  constructor(
    saved: unknown,
    private readonly save: (states: readonly (readonly [string, unknown])[]) => void,
  ) {
    this.states = new Map(Array.isArray(saved) ? saved.filter(isEntry) : []);
  }

  get(output: string): unknown {
    return this.states.get(output);
  }

  set(output: string, state: unknown): void {
    this.states.delete(output);
    this.states.set(output, state);
    for (const oldest of [...this.states.keys()].slice(0, -MAX_OUTPUTS)) this.states.delete(oldest);
    this.save([...this.states]);
  }
}

function isEntry(entry: unknown): entry is [string, unknown] {
  return Array.isArray(entry) && entry.length === 2 && typeof entry[0] === "string";
}
