/**
 * Asks something again and again, a while after each answer: one round at a time, and none after
 * it was stopped, also where the answer to the last question is still to come.
 */
export class Rounds {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private ending = new AbortController();

  /**
   * Begins anew, in place of what went on. `ask` tells how many milliseconds later to ask again,
   * or nothing where there is no more to ask; what it was told after `over` is of the past.
   */
  start(ask: (over: AbortSignal) => Promise<number | null>, wait: number): void {
    this.stop();
    const { signal } = (this.ending = new AbortController());
    const round = async () => {
      const next = await ask(signal);
      if (next !== null && !signal.aborted) this.timer = setTimeout(round, next);
    };
    this.timer = setTimeout(round, wait);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.ending.abort();
  }
}
