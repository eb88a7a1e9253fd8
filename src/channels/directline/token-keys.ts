import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Clock, ConversationStore } from '../../conversation/ports';

/** How long one key signs, in milliseconds. */
const keyLife = 30 * 24 * 3_600_000;
/** How long after its start a key begins to sign: until then the clocks of all instances know it. */
const settling = 3_600_000;

/** A key with the id under which tokens name it. */
export type SigningKey = { id: string; key: KeyObject };

/** The keys that sign and are accepted now. */
export type TokenKeys = {
  /** To be awaited before each use; cheap while the keys are the same. Rejects when the store cannot be read. */
  ready(): Promise<void> | undefined;
  /** The key that signs. */
  current(): SigningKey;
  /** The key of this id, if it is one of the two that are accepted. */
  find(id: unknown): SigningKey | undefined;
};

/**
 * Keys that follow each other by age, without anybody doing anything: the number of the month (of thirty days) is the id, the key a
 * secret of the store, made by the instance that comes first. This month's and last month's are accepted.
 */
export async function createTokenKeys(store: Pick<ConversationStore, 'secret'>, clock: Clock): Promise<TokenKeys> {
  let accepted: SigningKey[] = [];
  let loading: Promise<void> | undefined;
  const idAt = (time: number) => String(Math.floor(time / keyLife));
  const now = () => clock.now().getTime();
  const read = async (id: string): Promise<SigningKey> => ({
    id,
    key: createSecretKey(Buffer.from(await store.secret(`directline-${id}`))),
  });

  async function load(newest: string): Promise<void> {
    const before = String(Number(newest) - 1);
    accepted = await Promise.all([newest, before].map((id) => accepted.find((known) => known.id === id) ?? read(id)));
  }

  const ready = () => {
    const newest = idAt(now());
    if (accepted[0]?.id === newest) return undefined;
    loading ??= load(newest).finally(() => {
      loading = undefined;
    });
    return loading;
  };
  const find = (id: unknown) => accepted.find((known) => known.id === id);

  await ready();
  return { ready, find, current: () => find(idAt(now() - settling)) ?? (accepted[0] as SigningKey) };
}
