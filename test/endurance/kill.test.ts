import { inSmall } from './in-small';
import { kill } from './kill';

inSmall('kill', kill);
