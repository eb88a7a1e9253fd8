/** Lets one turn at a time run in each conversation of this process, in the order of arrival. */
export type TurnLock = { run<T>(conversationId: string, turn: () => Promise<T>): Promise<T> };

export function createTurnLock(): TurnLock {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run(conversationId, turn) {
      const before = tails.get(conversationId) ?? Promise.resolve();
      const mine = before.then(turn, turn);
      tails.set(conversationId, mine);
      const leave = () => {
        if (tails.get(conversationId) === mine) tails.delete(conversationId);
      };
      mine.then(leave, leave);
      return mine;
    },
  };
}
