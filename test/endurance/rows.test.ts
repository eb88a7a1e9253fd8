import { inSmall } from './in-small';
import { rows } from './rows';

inSmall('rows', rows);
