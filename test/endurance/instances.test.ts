import { inSmall } from './in-small';
import { instances } from './instances';

inSmall('instances', instances);
