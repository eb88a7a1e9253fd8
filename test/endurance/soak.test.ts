import { inSmall } from './in-small';
import { soak } from './soak';

inSmall('soak', soak);
