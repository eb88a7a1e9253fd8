import { bytes } from './bytes';
import { fuzz } from './fuzz';
import { handoff } from './handoff';
import { instances } from './instances';
import { kill } from './kill';
import { rows } from './rows';
import { soak } from './soak';
import { sockets } from './sockets';
import type { Suite } from './suite';

/** Every long proof by its name: `npm run endurance -- NAME`. */
export const suites: Record<string, Suite> = { handoff, kill, instances, rows, fuzz, bytes, sockets, soak };
