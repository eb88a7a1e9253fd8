import { handoff } from './handoff';
import { inSmall } from './in-small';

inSmall('handoff', handoff);
