import { fuzz } from './fuzz';
import { inSmall } from './in-small';

inSmall('fuzz', fuzz);
